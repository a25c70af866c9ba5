/* Passkeys: shows the button where the browser knows how, and says in words what went wrong. */

const cle = document.querySelector("[data-cle]");
if (cle && window.PublicKeyCredential && window.isSecureContext) {
  const bouton = cle.querySelector("button");
  window.allauth.webauthn.forms[cle.dataset.cle]({
    ids: {
      add: bouton.id,
      authenticate: bouton.id,
      login: bouton.id,
      passwordless: "id_passwordless",
      credential: cle.dataset.champ,
      data: "donnees-cle",
    },
  });
  bouton.hidden = false;
  cle.querySelector("[data-cle-absente]").hidden = true;
}
document.addEventListener("allauth.error", (erreur) => {
  erreur.preventDefault();
  cle.querySelector("[data-cle-erreur]").hidden = false;
});
