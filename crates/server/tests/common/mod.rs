//! The real program for tests: started on a free port, asked over a plain socket, told to stop; a token for it.
#![allow(dead_code, reason = "each test uses its part")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use dacheng_app::people::access::of_session;
use dacheng_app::people::sign_in::{Browser, sign_in};
use dacheng_app::people::tokens;
use dacheng_app::{Actor, App, Clock, Random};
use dacheng_domain::access::{Action, Right, Role, TABLE};
use dacheng_store::Store;
use dacheng_text::Lang;
use jiff::tz::TimeZone;

/// What one waits for at most.
const PATIENCE: Duration = Duration::from_mins(1);

/// The program while it serves.
pub struct Served {
    child: Child,
    /// Where it listens: host and port.
    pub address: String,
    printed: Receiver<String>,
    log: Receiver<String>,
    said: Vec<String>,
}

/// Runs a command to its end.
pub fn dacheng(folder: &Path, words: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_dacheng")).args(words).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

impl Served {
    /// Starts a command that serves, and waits until it listens.
    pub fn start(folder: &Path, words: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dacheng"));
        command.args(words).current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let listens = |line: &String| line.starts_with("dacheng listens on http://");
        let line = lines.find_map(|line| line.ok().filter(listens)).unwrap();
        let address = line.rsplit('/').next().unwrap().to_owned();
        let (tell, printed) = channel();
        thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| tell.send(line)));
        let (tell, log) = channel();
        let errors = BufReader::new(child.stderr.take().unwrap());
        thread::spawn(move || errors.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        Self { child, address, printed, log, said: Vec::new() }
    }

    /// The next line that it prints.
    pub fn line(&self) -> String {
        self.printed.recv_timeout(PATIENCE).unwrap()
    }

    /// Opens a connection and begins a request.
    pub fn begin(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// Asks and answers the whole response.
    pub fn ask(&self, head: &str, body: &[u8]) -> String {
        let length = body.len();
        let head = format!("{head}\r\nHost: test\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
        let mut stream = self.begin(&head);
        stream.write_all(body).unwrap();
        rest(stream)
    }

    /// Tells the program to stop.
    pub fn terminate(&self) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
    }

    /// Waits for a line of the log that holds a text.
    pub fn hear(&mut self, text: &str) -> String {
        loop {
            let line = self.log.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_| panic!("{text} was not logged: {:#?}", self.said));
            self.said.push(line.clone());
            if line.contains(text) {
                return line;
            }
        }
    }

    /// Waits for the end; answers its status and everything that was logged.
    pub fn end(mut self) -> (ExitStatus, Vec<String>) {
        let status = self.child.wait().unwrap();
        self.said.extend(self.log.iter());
        (status, std::mem::take(&mut self.said))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Everything that still comes.
pub fn rest(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// A token with everything that a token of this person may hold.
pub fn token(database: &Path, clock: Clock, (login, password): (&str, &str), role: Role) -> String {
    let store = Store::open(&format!("sqlite:{}", database.display())).unwrap();
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let app =
        App { store, clock, random: Random::System, memory: Arc::default(), zone, outbound: Arc::default() };
    let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
    let browser =
        Browser { address: IpAddr::V4(Ipv4Addr::LOCALHOST), name: "test", device: None, session: None };
    let visitor = app.context(Actor::Visitor, Lang::En);
    let begun = sign_in(&app, &visitor, &ground.organisation, (login, password), &browser).unwrap();
    let signed = of_session(&app, &begun.session, &ground.organisation).unwrap().unwrap();
    let context = signed.caller.context(&app);
    let mut rights: Vec<(Action, Right)> = Vec::new();
    for line in TABLE {
        for right in line.cells.of(role).iter().flat_map(|grant| grant.rights) {
            let held = context.scope(&ground.organisation, line.action, *right);
            if !right.decides() && held.is_ok_and(|scope| !scope.is_empty()) {
                rights.push((line.action, *right));
            }
        }
    }
    let new = tokens::New { name: "test", rights: &rights, until: context.today };
    tokens::create(&app, &context, &ground.organisation, &new).unwrap().1
}
