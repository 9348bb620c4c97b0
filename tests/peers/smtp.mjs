// A mail server for tests: takes letters and tells of them on its standard output, one JSON object a line.
//   node smtp.mjs [PORT]
// Lines on its standard input say how it behaves from then on:
//   accept   takes everything
//   refuse   no such recipient (550)
//   busy     not now (451)
//   mute     takes the letter and hangs up without an answer
import { createInterface } from "node:readline";
import { SMTPServer } from "smtp-server";

let mode = "accept";

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

function problem(text, responseCode) {
  return Object.assign(new Error(text), { responseCode });
}

const server = new SMTPServer({
  disabledCommands: ["AUTH", "STARTTLS"],
  disableReverseLookup: true,
  onRcptTo(_address, _session, done) {
    if (mode === "refuse") return done(problem("No such recipient", 550));
    if (mode === "busy") return done(problem("Try again later", 451));
    return done();
  },
  onData(stream, session, done) {
    const parts = [];
    stream.on("data", (part) => parts.push(part));
    stream.on("end", () => {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      say({ mail: { recipients, text: Buffer.concat(parts).toString("utf8") } });
      if (mode === "mute") {
        for (const connection of server.connections) connection._socket.destroy();
        return;
      }
      done();
    });
  },
});

server.on("error", (error) => say({ error: error.message }));

createInterface({ input: process.stdin }).on("line", (line) => {
  mode = line.trim();
  say({ mode });
});
process.stdin.on("end", () => process.exit());

const listening = server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  say({ port: listening.address().port });
});
