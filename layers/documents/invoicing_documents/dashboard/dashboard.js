// The frame: signing in, what is shown at which address, and forgetting the key.

const content = document.getElementById("content");
const header = document.getElementById("top");
const notice = document.getElementById("notice");

// Everything of the account leaves the page with the key.
function forgetKey(why = "") {
  sessionStorage.removeItem(KEY_NAME);
  history.replaceState(null, "", location.pathname);
  document.querySelectorAll("dialog").forEach((dialog) => dialog.remove());
  notice.textContent = "";
  signIn(why);
}

function signIn(why) {
  document.title = "Dashboard";
  delete document.documentElement.dataset.mode;
  header.replaceChildren(element("p", { class: "name" }, "Dashboard"));
  const key = input({ type: "password", required: true, spellcheck: "false", autocapitalize: "none" });
  const form = element("form", { class: "sign-in whole", submit: (event) => {
    event.preventDefault();
    const typed = key.value.trim();
    if (!/^sk_(test|live)_[\w-]+$/.test(typed)) return signIn("An API key begins with sk_test_ or sk_live_.");
    sessionStorage.setItem(KEY_NAME, typed);
    show();
  } },
    element("h1", { tabindex: "-1" }, "Open your dashboard"),
    field("API key", "key", key,
      "It stays in this tab: it is sent to this API only, and forgotten when you close the tab."),
    why ? element("p", { class: "failure", role: "alert" }, why) : null,
    element("div", { class: "buttons" }, element("button", { type: "submit", class: "main" }, "Open")));
  content.replaceChildren(form);
  key.focus();
}

function frame() {
  const mode = isTestKey() ? "test" : "live";
  if (document.documentElement.dataset.mode === mode) return;
  document.documentElement.dataset.mode = mode;
  const name = element("a", { class: "name", href: "#/" }, "Dashboard");
  const word = input({
    type: "search", required: true, maxlength: "200", placeholder: "Search",
    "aria-label": "Search invoices and customers",
  });
  header.replaceChildren(
    name,
    badge(mode === "test" ? "Test mode" : "Live", `mode ${mode}`),
    element("nav", { "aria-label": "Dashboard" }, link("#/", "Overview"), link("#/invoices", "Invoices")),
    element("form", { role: "search", submit: (event) => {
      event.preventDefault();
      location.hash = `#/${address(["search"], { q: word.value.trim() })}`;
    } }, word, element("button", { type: "submit" }, "Search")),
    element("button", { type: "button", click: () => forgetKey() }, "Forget key"));
  // A key without the scope account:read shows the rest, under the page's own name.
  ask("account").then(({ data }) => { name.textContent = data.name; }, () => {});
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function view() {
  const [path, query] = location.hash.slice(2).split("?");
  const given = new URLSearchParams(query);
  const [kind, id] = path.split("/").map(decoded);
  if (kind === "invoice" && id) return invoiceView(id, (what) => { show(); notice.textContent = what; });
  if (kind === "customer" && id) return customerView(id);
  if (kind === "search" && given.get("q")) return found(given.get("q"));
  if (kind === "invoices") return invoiceList(given.get("status") ?? "");
  return overview();
}

function show() {
  if (!apiKey()) return signIn();
  frame();
  notice.textContent = "";
  document.querySelectorAll("dialog").forEach((dialog) => dialog.remove());
  content.replaceChildren(...view());
  const heading = content.querySelector("h1");
  document.title = `${isTestKey() ? "[Test] " : ""}${heading.textContent} – Dashboard`;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the fragment says what is shown
  content.focus();
});
addEventListener("hashchange", show);
show();
