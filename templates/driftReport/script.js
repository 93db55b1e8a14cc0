// Search for a text, the number of what is shown, and steps that pass over what a filter hides. All else on the page works
// without a script.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const search = document.getElementById("search");
  if (search === null) return;
  const shown = document.getElementById("shown");
  const differences = all(".difference");
  const known = new Map();
  const textOf = (element) => {
    if (element === null) return "";
    if (!known.has(element)) known.set(element, element.textContent.toLowerCase());
    return known.get(element);
  };
  const show = (element, visible) => {
    element.classList.toggle("unmatched", !visible);
    return visible;
  };
  const isShown = (element) => element.getClientRects().length > 0;

  const filter = () => {
    const wanted = search.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== "");
    const fits = (...texts) => wanted.every((word) => texts.some((text) => text.includes(word)));
    for (const group of all(".group")) {
      const head = textOf(group.querySelector("header"));
      const found = all(".difference", group).filter((one) => show(one, fits(head, textOf(one))));
      show(group, found.length > 0);
    }
    for (const one of all("article.unchecked, li.unclaimed")) show(one, fits(textOf(one)));
    for (const section of all("main > section[data-state]"))
      show(
        section,
        wanted.length === 0 ||
          all("article, li.unclaimed", section).some((one) => !one.matches(".unmatched")),
      );
    for (const row of all("tbody tr")) {
      const head = textOf(row.querySelector("th"));
      const found = all("td", row).filter((cell) => {
        const linked = all("a", cell).map((link) =>
          textOf(document.querySelector(link.getAttribute("href"))),
        );
        return show(cell, fits(head, cell.dataset.head.toLowerCase(), textOf(cell), ...linked));
      });
      show(row, found.length > 0);
    }
    const count = differences.filter(isShown).length;
    shown.textContent =
      count === differences.length
        ? ""
        : shown.dataset.some.replace("%s", count).replace("%s", differences.length);
  };

  const form = document.getElementById("filters");
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[rel=next], a[rel=prev]");
    if (link === null) return;
    event.preventDefault();
    const visible = differences.filter(isShown);
    const next = visible[visible.indexOf(link.closest("article")) + (link.rel === "next" ? 1 : -1)];
    if (next !== undefined) location.hash = next.id;
  });
  document.getElementById("searchField").hidden = false;
  filter();
})();
