/* What a page does better with a script; all of it works without. */

// The error summary takes the focus, so that it is read first (templates/components/erreurs.html).
document.querySelector("[data-focus]")?.focus();

// The account menu closes on Escape and on a click elsewhere.
const menus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", (clic) => {
  for (const menu of menus()) if (!menu.contains(clic.target)) menu.open = false;
});
document.addEventListener("keydown", (touche) => {
  if (touche.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A session that ended answers a fragment with the sign-in page: show that page whole, not inside a tab.
document.addEventListener("htmx:beforeSwap", (evenement) => {
  const { xhr, pathInfo } = evenement.detail;
  const demandee = new URL(pathInfo.finalRequestPath, location.href);
  const recue = new URL(xhr.responseURL || demandee, location.href);
  if (recue.pathname === demandee.pathname) return;
  evenement.detail.shouldSwap = false;
  location.assign(recue);
});
