// The overview: what is owed, what came in, and what needs a look.

// Whether another currency makes the sum of all differ from what is in the account's own.
const needsSum = ({ currencies, base_currency: own }) => currencies.some(({ currency }) => currency !== own);

// What the sum of all leaves out, as no rate is known.
const leftOut = ({ unconverted }) => {
  const names = unconverted.map(({ currency }) => currency);
  return names.length
    ? element("p", { class: "quiet" }, `Without ${names.join(", ")}: no exchange rate is known for a part of it.`)
    : null;
};

// A figure in each currency, and the sum of all in the account's own.
function figure(name, report, field, isBad = false) {
  const { currencies, base } = report;
  const shown = currencies.length ? currencies : [base];
  const amounts = shown.map((each) => {
    const kind = isBad && Number(each[field]) ? "figure bad" : "figure";
    return element("dd", { class: kind }, money(each[field], each.currency));
  });
  return element("div", { class: "tile" },
    element("dt", {}, name),
    amounts,
    needsSum(report)
      ? element("dd", { class: "quiet" }, `All, converted: ${money(base[field], base.currency)}`)
      : null);
}

// Drafts are in no other figure, and have no rate before they are issued.
function drafts({ currencies }) {
  const own = currencies.filter((each) => each.drafts.count);
  const count = own.reduce((before, each) => before + each.drafts.count, 0);
  return element("div", { class: "tile" },
    element("dt", {}, "Drafts"),
    element("dd", { class: "figure" }, count ? link("#/invoices?status=draft", String(count)) : "0"),
    own.map((each) => element("dd", { class: "quiet" }, money(each.drafts.total, each.currency))));
}

// The day of the account decides which month it is, not that of the browser.
const firstOfMonth = (day) => `${day.slice(0, 7)}-01`;

async function figures(aging) {
  const today = (await aging).data.as_of;
  const query = { start_date: firstOfMonth(today), end_date: today };
  const { data } = await ask(address(["reports", "summary"], query));
  return [
    element("dl", { class: "tiles" },
      figure("Outstanding", data, "outstanding"),
      figure("Overdue", data, "overdue", true),
      figure("Paid this month", data, "collected"),
      drafts(data)),
    leftOut(data),
  ];
}

// One chart of the account's own currency or of the only one, and a table of each where there are others.
function byCurrency(report, pick, caption) {
  const drawn = (each) => chart(`${caption}, in ${each.currency}`, ["Period", "Amount"], pick(each), each.currency);
  const main = drawn(report.base);
  if (!needsSum(report)) return [main];
  const each = report.currencies.map((of) => [element("h3", {}, of.currency), drawn(of)]);
  return [
    element("p", { class: "quiet" }, `All currencies, in ${report.base_currency}`), main, leftOut(report),
    element("details", {}, element("summary", {}, "By currency"), each),
  ];
}

async function revenue() {
  const { data } = await ask(address(["reports", "revenue"], { interval: "month" }));
  const months = ({ periods }) =>
    periods.map((part) => [date(part.start, { month: "short", year: "numeric" }), part.revenue]);
  return byCurrency(data, months, "Revenue of the last 12 months");
}

const BUCKETS = {
  current: "Not yet due", days_1_30: "1–30 days", days_31_60: "31–60 days", days_61_90: "61–90 days",
  days_over_90: "91 days or more",
};

async function ageing(aging) {
  const { data } = await aging;
  const buckets = (each) => Object.entries(BUCKETS).map(([field, name]) => [name, each[field]]);
  return byCurrency(data, buckets, "Outstanding by days since the due date");
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
