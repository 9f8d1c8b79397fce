//! One's own lists as files: devices, tokens, who stands in for whom.

use dacheng_app::exports::{Column, Holds, Value};
use dacheng_app::people::{delegations, sessions};

use super::{device, tokens};
use crate::exports::{List, Wanted, Whole};
use crate::http::Reply;

/// `GET /me/devices.xlsx`: where the viewer is signed in.
pub async fn devices(file: Wanted<Whole>) -> Reply {
    file.answer(|desk, _, format| {
        let say = desk.lang().me();
        let list = List {
            title: say.devices().to_owned(),
            columns: vec![
                Column::text(say.device(), 24),
                Column::text(say.network(), 20),
                Column::of(Holds::Moment, say.signed_in()),
                Column::of(Holds::Moment, say.last_used()),
            ],
            ..List::default()
        };
        let row = |session: &dacheng_app::Session| {
            vec![
                Value::text(device::name(desk.lang(), &session.device)),
                Value::text(&session.address),
                Value::moment(desk.clock(session.started_at)),
                Value::moment(desk.clock(session.seen_at)),
            ]
        };
        let sessions = sessions::list(desk.app, &desk.context)?;
        desk.export(format, list, sessions.iter().map(|session| Ok(row(session))))
    })
    .await
}

/// `GET /me/tokens.xlsx`: names and rights, never a secret.
pub async fn tokens(file: Wanted<Whole>) -> Reply {
    file.answer(|desk, _, format| {
        let say = desk.lang().me();
        let list = List {
            title: say.tokens().to_owned(),
            columns: vec![
                Column::text(say.token_name(), 28),
                Column::text(say.token_rights(), 60),
                Column::text(say.token_made(), 13),
                Column::text(say.token_until(), 22),
            ],
            ..List::default()
        };
        let row = |token: tokens::TokenRow| {
            [token.name, token.rights, token.made, token.until].map(Value::text).to_vec()
        };
        desk.export(format, list, tokens::rows(desk)?.into_iter().map(|token| Ok(row(token))))
    })
    .await
}

/// `GET /me/delegation.xlsx`: who stands in for the viewer, then for whom the viewer does.
pub async fn delegation(file: Wanted<Whole>) -> Reply {
    file.answer(|desk, _, format| {
        let say = desk.lang().delegation();
        let list = List {
            title: say.title().to_owned(),
            columns: vec![
                Column::text(say.direction(), 20),
                Column::text(say.who(), 16),
                Column::of(Holds::Day, say.first()),
                Column::of(Holds::Day, say.last()),
            ],
            ..List::default()
        };
        let (given, received) = delegations::list(desk.app, &desk.context)?;
        let given = given.iter().map(|own| (say.given(), &own.taker.name, own));
        let received = received.iter().map(|own| (say.received(), &own.giver.name, own));
        let rows = given.chain(received).map(|(direction, who, own)| {
            let until = own.ends.yesterday().unwrap_or(own.ends);
            Ok(vec![Value::text(direction), Value::text(who), Value::Day(own.starts), Value::Day(until)])
        });
        desk.export(format, list, rows)
    })
    .await
}
