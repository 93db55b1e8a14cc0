// The search, and the list of pages on small screens. Without scripts, all pages and links still work.
const { MiniSearch, sectionsOfSite } = globalThis;
const root = document.body.dataset.root;
const search = new MiniSearch({
  fields: ["heading", "title", "text"],
  storeFields: ["place", "title", "heading"],
  searchOptions: { boost: { heading: 4, title: 3 }, prefix: true, fuzzy: 0.15, combineWith: "AND" },
});
search.addAll(sectionsOfSite.map((section, id) => ({ id, ...section })));

const results = document.querySelector(".results");
document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
document.querySelector("#search").addEventListener("input", ({ target }) => {
  const words = target.value.trim();
  results.replaceChildren();
  if (words === "") return;
  const found = search.search(words).slice(0, 12);
  if (found.length === 0) {
    const none = document.createElement("p");
    none.textContent = "Nothing was found.";
    results.append(none);
    return;
  }
  const list = document.createElement("ol");
  for (const { place, title, heading } of found) {
    const link = document.createElement("a");
    link.href = `${root}/${place}`;
    link.textContent = title === heading ? title : `${title}: ${heading}`;
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  results.append(list);
});

document.documentElement.classList.add("script");
const nav = document.querySelector("nav");
const button = nav.querySelector("button");
button.addEventListener("click", () => {
  button.setAttribute("aria-expanded", String(nav.classList.toggle("open")));
});
