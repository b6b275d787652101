// Photos are shrunk on the phone before they are sent: at most 1600 px, JPEG, upright (the camera's rotation is applied,
// and with it all metadata stays behind). Markup: design/_photos_input.html. The files of the input are replaced by the
// small ones, so the form is sent as ever; what can't be read here, or is a document, goes as it is and the server looks
// at it.
const LONGEST = 1600;
const QUALITY = 0.82;

async function shrink(file) {
  if (!file.type.startsWith("image/") || file.type === "image/gif") return file;
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file;
  }
  const factor = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * factor);
  canvas.height = Math.round(bitmap.height * factor);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  if (!blob) return file;
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}

class Photos {
  constructor(input) {
    this.input = input;
    this.box = input.closest("[data-photos-box]");
    this.list = this.box.querySelector("ul");
    this.status = this.box.querySelector("[role=status]");
    this.most = Number(input.dataset.most ?? 5);
    this.files = [];
    // The browser's own button speaks the browser's language and counts files, not photos.
    this.box.querySelector("[data-photos-choose]").hidden = false;
    input.classList.add("v-photos__own");
    input.addEventListener("change", () => this.add([...input.files]));
  }

  async add(chosen) {
    const room = this.most - this.files.length;
    const taken = chosen.slice(0, room);
    const button = this.input.form?.querySelector("[type=submit]");
    button?.setAttribute("aria-busy", "true");
    for (const [index, file] of taken.entries()) {
      this.say(this.box.dataset.working.replace("%s", index + 1).replace("%s", taken.length));
      this.files.push(await shrink(file));
      this.draw();
    }
    button?.removeAttribute("aria-busy");
    if (chosen.length > room) this.say(this.box.dataset.full.replace("%s", this.files.length));
    else this.count();
  }

  count() {
    const { readyNone, readyOne, ready } = this.box.dataset;
    this.say([readyNone, readyOne][this.files.length] ?? ready.replace("%s", this.files.length));
  }

  say(words) {
    this.status.textContent = words;
  }

  remove(index) {
    this.files.splice(index, 1);
    this.draw();
    this.count();
    this.input.focus();
  }

  draw() {
    const transfer = new DataTransfer();
    this.files.forEach((file) => transfer.items.add(file));
    this.input.files = transfer.files;
    this.list.querySelectorAll("img").forEach((image) => URL.revokeObjectURL(image.src));
    this.list.replaceChildren(...this.files.map((file, index) => this.card(file, index)));
  }

  card(file, index) {
    const card = this.box.querySelector("template").content.firstElementChild.cloneNode(true);
    const size = `${Math.max(1, Math.round(file.size / 1024))} KB`;
    const isPhoto = file.type.startsWith("image/");
    const name = isPhoto ? this.box.dataset.name.replace("%s", index + 1) : file.name;
    const image = card.querySelector("img");
    if (isPhoto) {
      image.src = URL.createObjectURL(file);
      image.alt = name;
    } else image.remove();
    card.querySelector("[data-about]").textContent = isPhoto ? size : `${name}, ${size}`;
    const button = card.querySelector("button");
    button.setAttribute("aria-label", `${button.textContent.trim()} ${name}`);
    button.addEventListener("click", () => this.remove(index));
    return card;
  }
}

if ("createImageBitmap" in window && "DataTransfer" in window) {
  for (const input of document.querySelectorAll("input[data-photos]")) new Photos(input);
}
