// Shows the sandbox's calls as they come. Whatever a call holds is set as text, never as HTML.
"use strict";

const KEPT = 1000;
const rows = document.getElementById("calls");
const state = document.getElementById("state");

const events = new EventSource("/_sandbox/requests/live");
events.onopen = () => { state.textContent = "Live: a call appears here as it comes."; };
events.onerror = () => { state.textContent = "The sandbox does not answer; trying again …"; };
events.onmessage = (event) => {
  rows.prepend(row(JSON.parse(event.data)));
  while (rows.rows.length > KEPT) rows.lastElementChild.remove();
};

function row(call) {
  const row = document.createElement("tr");
  const time = element("time", call.time.slice(11, 23));
  time.dateTime = call.time;
  const answer = [answered(call), call.message, call.fault && `fault: ${call.fault}`];
  row.append(
    cell(time),
    cell(element("strong", call.operation ?? "no such operation"), element("code", `${call.method} ${call.path ?? "…"}`)),
    cell(element("code", JSON.stringify(call.request, null, 1).replace(/\n */g, " "))),
    cell(...answer.filter(Boolean).map((text) => element("div", text))),
  );
  row.className = succeeded(call) ? "success" : "failure";
  return row;
}

function answered(call) {
  if (call.httpStatus === null) return "no answer";
  const codes = [`HTTP ${call.httpStatus}`];
  if (call.statusCode !== null) codes.push(`status ${call.statusCode}`);
  if (call.apiCode !== null) codes.push(`code ${call.apiCode}`);
  return codes.join(", ");
}

function succeeded(call) {
  const good = (status) => status >= 200 && status < 400;
  return good(call.httpStatus) && good(call.statusCode ?? 200) && !call.apiCode && !call.fault;
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
