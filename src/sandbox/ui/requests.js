// Shows received requests live. Their content is set as text, never as HTML.
"use strict";

const CAPACITY = 1000;
const rows = document.getElementById("requests");
const connection = document.getElementById("connection");

const events = new EventSource("/_sandbox/requests/live");
events.onopen = () => { connection.textContent = "Live: new requests appear here."; };
events.onerror = () => { connection.textContent = "Disconnected from the sandbox; reconnecting …"; };
events.onmessage = (event) => {
  rows.prepend(row(JSON.parse(event.data)));
  while (rows.rows.length > CAPACITY) rows.lastElementChild.remove();
};

function row(request) {
  const row = document.createElement("tr");
  const time = element("time", request.receivedAt.slice(11, 23));
  time.dateTime = request.receivedAt;
  const operation = element("strong", request.operation ?? "unknown operation");
  const response = [outcome(request), request.message, request.fault && `fault: ${request.fault}`];
  row.append(
    cell(time),
    cell(operation, element("code", `${request.method} ${request.path ?? "…"}`)),
    cell(element("code", JSON.stringify(request.arguments, null, 1).replace(/\n */g, " "))),
    cell(...response.filter(Boolean).map((text) => element("div", text))),
  );
  row.className = isSuccess(request) ? "success" : "failure";
  return row;
}

function outcome(request) {
  if (request.status === null) return "no response";
  const parts = [`HTTP ${request.status}`];
  if (request.apiStatus !== null) parts.push(`status ${request.apiStatus}`);
  if (request.apiCode !== null) parts.push(`code ${request.apiCode}`);
  return parts.join(", ");
}

function isSuccess(request) {
  const isGood = (status) => status >= 200 && status < 400;
  return isGood(request.status) && isGood(request.apiStatus ?? 200) && !request.apiCode && !request.fault;
}

function cell(...content) {
  const cell = document.createElement("td");
  cell.append(...content);
  return cell;
}

function element(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
