// A form with a security key: [data-security-key="create"] adds one, [data-security-key="get"] shows one. The options are in the JSON of the
// page (#key-options); what the key answers goes into the form's hidden `credential`, and the form is sent.
// [data-key-words] says what is happening; its data-* hold the words.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const listed = (credentials = []) => credentials.map((each) => ({ ...each, id: bytes(each.id) }));

const CALLS = {
  create: ({ publicKey: asked }) =>
    navigator.credentials.create({
      publicKey: {
        ...asked,
        challenge: bytes(asked.challenge),
        user: { ...asked.user, id: bytes(asked.user.id) },
        excludeCredentials: listed(asked.excludeCredentials),
      },
    }),
  get: ({ publicKey: asked }) =>
    navigator.credentials.get({
      publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: listed(asked.allowCredentials) },
    }),
};

function plain(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = text(credential.response[name]);
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

for (const form of document.querySelectorAll("form[data-security-key]")) {
  const words = form.querySelector("[data-key-words]");
  const button = form.querySelector("button[type=submit]");
  const field = form.elements.namedItem("credential");
  const say = (what) => (words.textContent = words.dataset[what]);
  if (!window.PublicKeyCredential || !navigator.credentials) {
    say("missing");
    continue;
  }
  button.hidden = false;
  let answered = false;
  form.addEventListener("submit", async (event) => {
    if (answered) return;
    event.preventDefault();
    say("touch");
    try {
      const page = JSON.parse(document.getElementById("key-options").textContent);
      const options = page.creation_options ?? page.request_options;
      field.value = JSON.stringify(plain(await CALLS[form.dataset.securityKey](options)));
      answered = true;
      form.requestSubmit(button);
    } catch {
      say("failed");
    }
  });
}
