// Lists of invoices, customers, and what a search finds.

const invoiceRow = (invoice) => [
  cell(invoiceLink(invoice.id, invoice.invoice_number ?? "Draft")),
  cell(invoice.customer?.name ?? "—"),
  cell(state(invoice.is_overdue ? "overdue" : invoice.status)),
  cell(date(invoice.due_date)),
  amountCell(invoice.total, invoice.currency),
  amountCell(invoice.amount_due, invoice.currency),
];
const OF_ROWS = "id,invoice_number,customer,status,is_overdue,due_date,total,amount_due,currency";

async function invoiceTable(query) {
  const { data, links } = await ask(address(["invoices"], { fields: OF_ROWS, ...query }));
  const heads = ["Number", "Customer", "Status", "Due", ">Total", ">Still due"];
  const content = [table("Invoices", heads, data.map(invoiceRow), "No invoices.")];
  if (links.next) {
    const cursor = new URL(links.next).searchParams;
    const more = element("button", { type: "button", click: (event) => {
      const button = event.currentTarget;
      button.disabled = true;
      invoiceTable(Object.fromEntries(cursor)).then(
        (next) => button.replaceWith(...next),
        (error) => button.replaceWith(failure(error)),
      );
    } }, "Show more");
    content.push(more);
  }
  return content;
}

async function customerTable(search) {
  const { data } = await ask(address(["customers"], { search, per_page: 20 }));
  const rows = data.map((customer) => [
    cell(customerLink(customer.id, customer.name)), cell(customer.email ?? "—"),
  ]);
  return table("Customers", ["Name", "E-mail"], rows, "No customers.");
}

const found = (search) => [
  element("h1", { tabindex: "-1" }, `Search: ${search}`),
  section("Invoices", () => invoiceTable({ search }), "whole"),
  section("Customers", () => customerTable(search), "whole"),
];

const FILTERS = { "": "All", draft: "Drafts", overdue: "Overdue", paid: "Paid" };

const invoiceList = (status) => [
  element("h1", { tabindex: "-1" }, status ? `Invoices: ${words(status).toLowerCase()}` : "Invoices"),
  element("nav", { "aria-label": "Status", class: "whole filters" }, Object.entries(FILTERS).map(([value, name]) => {
    const href = `#/${address(["invoices"], { status: value })}`;
    return element("a", { href, "aria-current": value === status ? "page" : null }, name);
  })),
  section("In order of creation, the newest first", () => invoiceTable({ status }), "whole"),
];

const balanceRow = (balance) => [
  element("th", { scope: "row" }, balance.currency),
  ...["amount_due", "overdue", "credit"].map((field) => amountCell(balance[field], balance.currency)),
];

const customerView = (id) => {
  const heading = element("h1", { tabindex: "-1" }, "Customer");
  return [
    heading,
    section("Who", async () => {
      const { data } = await ask(address(["customers", id]));
      heading.textContent = data.name;
      return element("p", {}, data.email ?? "No e-mail address");
    }, "whole"),
    section("Balance", async () => {
      const { data } = await ask(address(["customers", id, "balance"]));
      const heads = ["Currency", ">Still due", ">Overdue", ">Unused credit"];
      return table("Balance", heads, data.balances.map(balanceRow), "Nothing was ever owed.");
    }, "whole"),
    section("Invoices", () => invoiceTable({ customer_id: id }), "whole"),
  ];
};
