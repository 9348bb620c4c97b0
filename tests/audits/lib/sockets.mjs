// What a client of graphql-transport-ws may rely on: the handshake and the close codes of graphql-ws.
// https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md

import { strict as assert } from "node:assert";
import { WebSocket } from "ws";

const PATIENCE_MS = 10_000;
const init = (token) => ({ type: "connection_init", payload: { authorization: `Bearer ${token}` } });
const viewer = { query: "{ viewer { person { handle } } }" };
const endless = { query: "subscription { feedEvents(scope: { home: true }) { __typename } }" };

/** The checks that leave the server running, each with its name. */
export function socketChecks(server, token) {
  const closes = (messages) => closeOf(server, messages);
  return [
    ["the server speaks graphql-transport-ws", async () => {
      const socket = await connect(server);
      assert.equal(socket.protocol, "graphql-transport-ws");
      await socket.end();
    }],
    ["connection_init is acknowledged and a query is answered over the socket", async () => {
      const socket = await connect(server);
      socket.send(init(token));
      assert.equal((await socket.next()).type, "connection_ack");
      socket.send({ id: "1", type: "subscribe", payload: viewer });
      const answer = await socket.next();
      assert.deepEqual(answer, { id: "1", type: "next", payload: { data: { viewer: { person: { handle: "ada.winter" } } } } });
      assert.deepEqual(await socket.next(), { id: "1", type: "complete" });
      await socket.end();
    }],
    ["a ping is answered by a pong", async () => {
      const socket = await connect(server);
      socket.send({ type: "ping" });
      assert.equal((await socket.next()).type, "pong");
      await socket.end();
    }],
    ["an invalid document is answered by an error message, and the socket stays open", async () => {
      const socket = await connect(server);
      socket.send(init(token));
      await socket.next();
      socket.send({ id: "1", type: "subscribe", payload: { query: "{ nothingOfThisName }" } });
      const answer = await socket.next();
      assert.equal(answer.type, "error");
      assert.equal(answer.id, "1");
      assert.ok(answer.payload.length > 0 && answer.payload.every(({ message }) => message));
      socket.send({ id: "2", type: "subscribe", payload: viewer });
      assert.equal((await socket.next()).type, "next");
      await socket.end();
    }],
    ["what is not JSON closes with 4400", () => closes(["{"]).then(is(4400))],
    ["an unknown type of message closes with 4400", () => closes([{ type: "knock" }]).then(is(4400))],
    ["a subscribe without id closes with 4400", () =>
      closes([init(token), { type: "subscribe", payload: viewer }]).then(is(4400))],
    ["a binary message closes with 4400", () => closes([Buffer.from([1, 2, 3])]).then(is(4400))],
    ["subscribing before the acknowledgement closes with 4401", () =>
      closes([{ id: "1", type: "subscribe", payload: viewer }]).then(is(4401))],
    ["a bad token closes with 4401", () => closes([init("eyJhbGciOiJub25lIn0.e30.")]).then(is(4401))],
    ["no token closes with 4401", () => closes([{ type: "connection_init" }]).then(is(4401))],
    ["a second subscription of the same id closes with 4409", () =>
      closes([init(token), { id: "1", type: "subscribe", payload: endless }, { id: "1", type: "subscribe", payload: endless }])
        .then(is(4409))],
    ["a second connection_init closes with 4429", () => closes([init(token), init(token)]).then(is(4429))],
  ];
}

/** Ends the server, so it comes last. */
export function stopCheck(server, token) {
  return [["SIGTERM closes open sockets with 1001, and the server ends well", async () => {
    const socket = await connect(server);
    socket.send(init(token));
    await socket.next();
    socket.send({ id: "1", type: "subscribe", payload: endless });
    server.terminate();
    is(1001)(await socket.closed);
    assert.deepEqual(await server.exited, { code: 0, signal: null });
  }]];
}

function is(expected) {
  return ({ code, reason }) => assert.equal(code, expected, `closed with ${code} (${reason}), expected ${expected}`);
}

async function closeOf(server, messages) {
  const socket = await connect(server);
  for (const message of messages) socket.send(message);
  return socket.closed;
}

/** Opens a socket whose messages and end can be waited for. */
function connect(server) {
  const socket = new WebSocket(server.socketUrl, "graphql-transport-ws", { headers: { origin: server.url } });
  const arrived = [];
  const waiting = [];
  const within = (promise, what) => {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(reject, PATIENCE_MS, new Error(`waited ${PATIENCE_MS / 1000} s for ${what}`));
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
  };
  socket.on("message", (data) => {
    const message = JSON.parse(data.toString());
    if (message.type === "ping") socket.send('{"type":"pong"}');
    else if (waiting.length > 0) waiting.shift()(message);
    else arrived.push(message);
  });
  const closing = new Promise((done) => {
    socket.on("close", (code, reason) => done({ code, reason: reason.toString() }));
  });
  const client = {
    get protocol() { return socket.protocol; },
    get closed() { return within(closing, "the server to close the socket"); },
    send: (message) => socket.send(typeof message === "string" || Buffer.isBuffer(message) ? message : JSON.stringify(message)),
    next: () => arrived.length > 0 ? Promise.resolve(arrived.shift())
      : within(new Promise((done) => waiting.push(done)), "a message"),
    end: () => {
      socket.close(1000);
      return within(closing, "the socket to close");
    },
  };
  return within(new Promise((done, reject) => {
    socket.once("open", () => done(client));
    socket.once("error", reject);
  }), "the socket to open");
}
