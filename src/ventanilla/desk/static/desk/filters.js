// The form of filters: what asks nothing stays out of the address.
document.querySelector("[data-filters]")?.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) if (!value) formData.delete(name);
});
