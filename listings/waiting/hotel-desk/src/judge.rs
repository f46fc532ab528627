//! Judges `hotel-desk`, with a real clock, as there are sockets. Each of three desks sees Ada
//! and Ben, all at the same time, and each test looks at one desk.

use std::net::SocketAddr;
use std::sync::LazyLock;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use super::reception;

/// What a guest gets. Nothing if the desk closes, or if it takes a second.
type Given = Option<String>;

/// What Ada gets, and Ben.
static DESKS: LazyLock<[(Given, Given); 3]> = LazyLock::new(open_three);

#[tokio::main(flavor = "current_thread")]
async fn open_three() -> [(Given, Given); 3] {
    let told = open(Some(b"Ada\n"));
    let silent = open(None);
    let mumbled = open(Some(b"\xff\xff\n"));
    tokio::join!(told, silent, mumbled).into()
}

async fn open(ada_says: Option<&[u8]>) -> (Given, Given) {
    let desk = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = desk.local_addr().unwrap();
    tokio::select! {
        given = visit(address, ada_says) => given,
        _ = reception(desk) => (None, None),
    }
}

/// Ada is first at the desk. If she says nothing yet, she does so when Ben is done.
async fn visit(desk: SocketAddr, ada_says: Option<&[u8]>) -> (Given, Given) {
    let mut ada = TcpStream::connect(desk).await.unwrap();
    if let Some(name) = ada_says {
        ada.write_all(name).await.unwrap();
    }
    let mut ben = TcpStream::connect(desk).await.unwrap();
    ben.write_all(b"Ben\n").await.unwrap();
    let ben = given(ben).await;
    if ada_says.is_none() {
        let _ = ada.write_all(b"Ada\n").await;
    }
    (given(ada).await, ben)
}

async fn given(guest: TcpStream) -> Given {
    let mut key = String::new();
    let mut guest = BufReader::new(guest);
    let read = timeout(Duration::from_secs(1), guest.read_line(&mut key));
    read.await.ok()?.ok()?;
    Some(key)
}

const ADAS: Option<&str> = Some("a key for Ada\n");
const BENS: Option<&str> = Some("a key for Ben\n");

#[test]
fn each_guest_gets_a_key() {
    let (ada, ben) = &DESKS[0];
    assert_eq!(ada.as_deref(), ADAS, "Ada has said her name");
    assert_eq!(ben.as_deref(), BENS, "Ben has said his name, after Ada");
}

#[test]
fn a_guest_who_thinks_keeps_nobody_waiting() {
    let (ada, ben) = &DESKS[1];
    assert_eq!(
        ben.as_deref(),
        BENS,
        "Ada is at the desk and says nothing yet, and Ben, who has said his name, has got no \
         key in a second: while the desk waits for one guest, it accepts no other"
    );
    assert_eq!(
        ada.as_deref(),
        ADAS,
        "Ada has thought for a while and then said her name, and nobody has given her a key"
    );
}

#[test]
fn a_guest_who_mumbles_closes_nothing() {
    let (_, ben) = &DESKS[2];
    assert_eq!(
        ben.as_deref(),
        BENS,
        "what Ada says is no text, so `check_in` fails for her, and Ben gets no key either: the \
         error of one guest has closed the desk for all"
    );
}
