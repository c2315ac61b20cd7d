// The overview: what is owed, what came in, and what needs a look.

const isOwn = (row) => row.conversion === null;
const isSum = (row) => row.conversion === "converted";
const needsSum = (rows, base) => rows.filter(isOwn).some((row) => row.currency !== base);

// What the sum of all leaves out, as no rate is known.
const leftOut = (rows) => {
  const names = [...new Set(rows.filter((row) => row.conversion === "unconverted").map((row) => row.currency))];
  return names.length
    ? element("p", { class: "quiet" }, `Without ${names.join(", ")}: no exchange rate is known for a part of it.`)
    : null;
};

// A figure in each currency, and the sum of all in the account's own.
function figure(name, rows, field, base, isBad = false) {
  const own = rows.filter(isOwn);
  const shown = own.length ? own : rows.filter(isSum);
  const amounts = shown.map((row) => {
    const kind = isBad && Number(row[field]) ? "figure bad" : "figure";
    return element("dd", { class: kind }, money(row[field], row.currency));
  });
  const all = needsSum(rows, base) ? rows.find(isSum) : null;
  return element("div", { class: "tile" },
    element("dt", {}, name),
    amounts.length ? amounts : element("dd", { class: "figure" }, "0"),
    all ? element("dd", { class: "quiet" }, `All, converted: ${money(all[field], all.currency)}`) : null);
}

// Drafts are in no other figure, and have no rate before they are issued.
function drafts(rows) {
  const own = rows.filter((row) => isOwn(row) && row.draft_count);
  const count = own.reduce((before, row) => before + row.draft_count, 0);
  return element("div", { class: "tile" },
    element("dt", {}, "Drafts"),
    element("dd", { class: "figure" }, count ? link("#/invoices?status=draft", String(count)) : "0"),
    own.map((row) => element("dd", { class: "quiet" }, money(row.draft_total, row.currency))));
}

// The day of the account decides which month it is, not that of the browser.
const firstOfMonth = (day) => `${day.slice(0, 7)}-01`;

async function figures(aging) {
  const today = (await aging).data.as_of;
  const query = { start_date: firstOfMonth(today), end_date: today };
  const { data } = await ask(address(["reports", "summary"], query));
  const { rows, base_currency: base } = data;
  return [
    element("dl", { class: "tiles" },
      figure("Outstanding", rows, "receivable", base),
      figure("Overdue", rows, "overdue", base, true),
      figure("Paid this month", rows, "collected", base),
      drafts(rows)),
    leftOut(rows),
  ];
}

// One chart of the account's own currency or of the only one, and a table of each where there are others.
function byCurrency(rows, base, pick, caption) {
  const all = rows.filter(isSum);
  const main = chart(`${caption}, in ${base}`, ["Period", "Amount"], pick(all), base);
  if (!needsSum(rows, base)) return [main];
  const currencies = [...new Set(rows.filter(isOwn).map((row) => row.currency))].sort();
  const each = currencies.map((currency) => {
    const own = pick(rows.filter((row) => isOwn(row) && row.currency === currency));
    return [element("h3", {}, currency), chart(`${caption}, in ${currency}`, ["Period", "Amount"], own, currency)];
  });
  return [
    element("p", { class: "quiet" }, `All currencies, in ${base}`), main, leftOut(rows),
    element("details", {}, element("summary", {}, "By currency"), each),
  ];
}

async function revenue() {
  const { data } = await ask(address(["reports", "revenue"], { interval: "month" }));
  const months = (rows) => rows.map((row) => [date(row.start_date, { month: "short", year: "numeric" }), row.revenue]);
  return byCurrency(data.rows, data.base_currency, months, "Revenue of the last 12 months");
}

const BUCKETS = {
  current: "Not yet due", days_1_30: "1–30 days", days_31_60: "31–60 days", days_61_90: "61–90 days",
  days_91_plus: "91 days or more",
};

async function ageing(aging) {
  const { data } = await aging;
  const buckets = ([row]) => Object.entries(BUCKETS).map(([field, name]) => [name, row?.[field] ?? 0]);
  return byCurrency(data.rows, data.base_currency, buckets, "Outstanding by days since the due date");
}

const eventSubject = ({ resource_id: id, data }) => {
  if (id.startsWith("cust_")) return customerLink(id, id);
  const invoice = id.startsWith("inv_") ? id : data.invoice_id;
  const number = data.invoice_number ?? data.credit_note_number ?? data.receipt_number;
  const name = number ?? (data.object && words(data.object));
  return typeof invoice === "string" ? invoiceLink(invoice, name ?? id) : name ?? id;
};

async function latestEvents() {
  const { data } = await ask(address(["events"], { limit: 10 }));
  const row = (event) => [cell(moment(event.created_at)), cell(words(event.type)), cell(eventSubject(event))];
  const rows = data.map(row);
  return table("Latest events", ["When", "What", "Of"], rows, "Nothing has happened yet.");
}

const deliveryRow = (delivery) => [
  cell(moment(delivery.created_at)),
  cell(delivery.recipient ?? "—"),
  cell(element("span", {}, state(delivery.status), delivery.reason ? ` ${words(delivery.reason)}` : "")),
];

async function failedDeliveries() {
  const query = { "filter[status][in]": "failed,bounced,complained,unconfirmed", per_page: 10 };
  const { data } = await ask(address(["deliveries"], query));
  const rows = data.map((delivery) => [
    ...deliveryRow(delivery),
    cell(delivery.invoice_id ? invoiceLink(delivery.invoice_id, delivery.subject ?? "Invoice") : delivery.subject),
  ]);
  return table("Failed deliveries", ["When", "To", "State", "E-mail"], rows, "Every e-mail went out.");
}

function overview() {
  const aging = ask("reports/aging");
  return [
    element("h1", { tabindex: "-1" }, "Overview"),
    section("Now", () => figures(aging), "whole"),
    column(section("Ageing", () => ageing(aging)), section("Failed deliveries", failedDeliveries)),
    column(section("Revenue", revenue)),
    section("Latest events", latestEvents, "whole"),
  ];
}
