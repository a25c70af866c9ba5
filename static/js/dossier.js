/* Keys of the dossier (docs/espace-conseiller.md): a letter each, never while one types, and a box switches them off.

   v the favourable act and the next dossier · n « Ne pas valider », opened · s the next dossier · ? the list of keys */

const raccourcis = document.querySelector("[data-raccourcis]");
const RANGEMENT = "raccourcis";

if (raccourcis) {
  const actifs = raccourcis.querySelector("input");
  actifs.checked = localStorage.getItem(RANGEMENT) !== "non";
  actifs.addEventListener("change", () => localStorage.setItem(RANGEMENT, actifs.checked ? "oui" : "non"));
  raccourcis.hidden = false;

  const cible = (touche) => document.querySelector(`[data-touche="${touche}"]`);
  const gestes = {
    v: () => cible("v")?.click(),
    s: () => cible("s")?.click(),
    n: () => {
      const pli = cible("n")?.closest("details");
      if (!pli) return;
      pli.open = true;
      pli.querySelector("select, textarea, input:not([type=hidden])")?.focus();
    },
    "?": () => {
      raccourcis.open = !raccourcis.open;
      raccourcis.querySelector("summary").focus();
    },
  };
  document.addEventListener("keydown", (touche) => {
    const geste = gestes[touche.key];
    const saisie = touche.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (!geste || !actifs.checked || saisie || touche.repeat || touche.ctrlKey || touche.altKey || touche.metaKey) return;
    touche.preventDefault();
    geste();
  });
}
