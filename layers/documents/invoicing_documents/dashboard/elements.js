// Elements and texts. Nothing here parses markup: what the API says is text.

function build(namespace, name, attributes, children) {
  const made = namespace ? document.createElementNS(namespace, name) : document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(attribute, value);
    else if (value === true) made.setAttribute(attribute, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(attribute, value);
  }
  const isThere = (child) => child !== null && child !== undefined && child !== "";
  made.append(...children.flat(Infinity).filter(isThere));
  return made;
}

const element = (name, attributes = {}, ...children) => build(null, name, attributes, children);
const drawing = (name, attributes = {}, ...children) =>
  build("http://www.w3.org/2000/svg", name, attributes, children);

// The amount with the digits that the API wrote, which are those of the currency.
function money(amount, currency) {
  const text = String(amount);
  const digits = text.split(".")[1]?.length ?? 0;
  const style = { style: "currency", currency, currencyDisplay: "code" };
  return new Intl.NumberFormat(undefined, {
    ...style, minimumFractionDigits: digits, maximumFractionDigits: digits,
  }).format(text);
}

const date = (text, form = { dateStyle: "medium" }) =>
  new Intl.DateTimeFormat(undefined, { ...form, timeZone: "UTC" }).format(new Date(text));
const moment = (text) => {
  const shown = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(new Date(text));
  return element("time", { datetime: text }, shown);
};

// invoice.partially_paid → Invoice partially paid
const words = (name) => {
  const text = name.replace(/[._]/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const amountCell = (amount, currency) => element("td", { class: "amount" }, money(amount, currency));
const link = (href, text) => element("a", { href }, text);
const column = (...sections) => element("div", { class: "column" }, sections);
const invoiceLink = (id, text) => link(`#/${address(["invoice", id])}`, text);
const customerLink = (id, text) => link(`#/${address(["customer", id])}`, text);
const badge = (text, kind = "") => element("span", { class: `badge ${kind}` }, text);
const BAD = new Set(["overdue", "cancelled", "failed", "bounced", "complained", "reversed"]);
const state = (name) => badge(words(name), BAD.has(name) ? "bad" : name === "paid" ? "good" : "");

// A table, which on a narrow screen shows each row as a card; its roles hold there too.
function table(caption, heads, rows, empty) {
  if (!rows.length) return element("p", { class: "quiet" }, empty);
  const names = heads.map((head) => head.replace(">", "")); // ">" marks the head of amounts
  const head = heads.map((text, index) =>
    element("th", { scope: "col", role: "columnheader", class: text.startsWith(">") ? "amount" : null }, names[index]));
  const row = (cells) => {
    cells.forEach((each, index) => {
      each.setAttribute("role", each.tagName === "TH" ? "rowheader" : "cell");
      each.dataset.head = names[index];
    });
    return element("tr", { role: "row" }, cells);
  };
  return element("table", { class: "cards", role: "table" },
    element("caption", { class: "unseen" }, caption),
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, head)),
    element("tbody", { role: "rowgroup" }, rows.map(row)));
}

const cell = (...children) => element("td", {}, ...children);

function failure(error) {
  if (!(error instanceof Refused)) console.error(error);
  const text = error instanceof Refused ? error.message : "The dashboard cannot show this. Reload the page.";
  return element("div", { class: "failure", role: "alert" },
    element("p", {}, text),
    error.details?.length ? element("ul", {}, error.details.map((each) => element("li", {}, each))) : null,
    error.requestId ? element("p", { class: "quiet" }, `Request ${error.requestId}`) : null);
}

// A section that fills itself, and fails by itself: a key without one scope still shows the rest.
function section(title, load, kind = "") {
  const content = element("div", { "aria-busy": "true" }, element("p", { class: "quiet" }, "Loading…"));
  const show = (...children) => {
    content.replaceChildren(...children.flat(Infinity).filter(Boolean));
    content.removeAttribute("aria-busy");
  };
  load().then(show, (error) => show(failure(error)));
  return element("section", { class: kind }, element("h2", {}, title), content);
}
