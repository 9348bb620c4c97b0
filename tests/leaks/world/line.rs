//! The direct line: a dispatch, its copies, answers, rights and questions up the line.

use directory::OrgUnitKind;
use directory::commands::{NewAssignment, NewUnit, assign, create_unit};
use kernel::{OrgUnitId, Viewer};
use platform::Tx;
use serde_json::json;

use super::super::support::{client_id, text};
use super::super::walk::literal;
use super::{World, only};

async fn unit(tx: &mut Tx, code: &str, parent: Option<OrgUnitId>) -> OrgUnitId {
    let new = NewUnit {
        parent_id: parent,
        code: code.to_owned(),
        name: format!("Unit {code}"),
        kind: OrgUnitKind::Branch,
    };
    create_unit(tx, new).await.unwrap().id
}

impl World {
    /// The owner leads a district, the moderator a branch in it, where member and requester are tellers; the
    /// invited helps with answers, the outsider audits.
    pub(super) async fn write_down_the_line(&mut self) {
        let district = self.grow_a_tree().await;
        self.fill_in_profiles().await;
        self.grant_audit(&district).await;
        let (owner, helper) = (self.number("owner"), self.number("invited"));
        let readers = only(&[0, 1, 2, 3, 4, 5]);
        let aside = only(&[0, 1, 4, 5]);
        let mut mark = |audience, what: &str| self.model.mark(audience, what);
        let title = mark(&readers, "title of a dispatch");
        let body = mark(&readers, "body of a dispatch");
        let points = mark(&aside, "talking points of a dispatch");
        let prompt = mark(&readers, "question about a dispatch");
        let unsent = mark(&only(&[owner]), "dispatch that was not sent");
        let input = |title: &str, body: &str, helpers: &[String]| {
            json!({
                "clientId": client_id(), "unitId": district, "targetRoles": ["Teller"], "language": "en",
                "texts": [{ "language": "en", "title": title, "body": body, "talkingPoints": points }],
                "questions": [{ "language": "en", "prompt": prompt, "options": ["yes", "no"], "right": 0 }],
                "isMustRead": true, "workingHours": 8, "helperIds": helpers,
            })
        };
        let helpers = [self.person_id("invited")];
        let sent = input(&title, &body, &helpers);
        let draft = json!({
            "clientId": client_id(), "unitId": district, "language": "en",
            "texts": [{ "language": "en", "title": unsent, "body": unsent }],
        });
        let saved = self
            .act("owner", "dispatchSave", sent, "dispatch { id }")
            .await;
        let id = text(&saved, "/dispatch/id");
        self.remember(&id, &readers);
        let saved = self
            .act("owner", "dispatchSave", draft, "dispatch { id }")
            .await;
        self.remember(&text(&saved, "/dispatch/id"), &only(&[owner]));
        let send = json!({ "dispatchId": id });
        self.act("owner", "dispatchSend", send, "dispatch { id }")
            .await;

        let told = only(&[owner, helper, self.number("member")]);
        let answer = self.model.mark(&told, "answer to a dispatch");
        let input = json!({ "dispatchId": id, "clientId": client_id(), "body": answer });
        let payload = self
            .act("member", "dispatchAnswer", input, "message { id }")
            .await;
        self.remember(&text(&payload, "/message/id"), &told);
        let reply = self.model.mark(&told, "reply to an answer");
        let member = self.person_id("member");
        let input = json!({
            "dispatchId": id, "clientId": client_id(), "body": reply, "to": { "personId": member },
        });
        self.act("owner", "dispatchReply", input, "reachedCount")
            .await;
        let theme = self
            .model
            .mark(&only(&[owner, helper]), "theme of an answer");
        let input = json!({ "dispatchId": id, "personIds": [member], "theme": theme });
        self.act("owner", "dispatchSetTheme", input, "dispatch { id }")
            .await;
        self.read_and_look(&id).await;
        self.ask_up_the_line().await;
    }

    /// The member opens and confirms it; the auditor looks at the proof, which those on the roll learn, and
    /// nobody else.
    async fn read_and_look(&mut self, id: &str) {
        let input = json!({ "dispatchId": id, "version": 1, "language": "en", "answers": [0] });
        self.act("member", "dispatchAcknowledge", input, "dispatch { id }")
            .await;
        let query = "query($id: ID!) { dispatch(id: $id) { proof { isVerified } } }";
        let auditor = self.viewer("outsider");
        let seen = self.house.ask(auditor, query, json!({ "id": id })).await;
        assert_eq!(seen["dispatch"]["proof"]["isVerified"], json!(true));
        let looks = "{ personalLooks(first: 5) { nodes { id } } }";
        let looks = self
            .house
            .ask(self.viewer("member"), looks, json!({}))
            .await;
        let on_roll = only(&[self.number("member"), self.number("requester")]);
        self.remember(&text(&looks, "/personalLooks/nodes/0/id"), &on_roll);
        self.sent = Some(id.to_owned());
    }

    /// Rolls and receipts are for the sender and the auditor, whatever way they are asked for.
    pub(super) async fn check_rolls(&self) {
        let id = self.sent.as_ref().unwrap();
        let query = "query($id: ID!) { dispatch(id: $id) { proof { doneCount isVerified } \
                     proofEntries(first: 10) { totalCount nodes { name receipts { seenAt acknowledgedAt method } } } \
                     recipients(filter: ALL, first: 10) { totalCount nodes { duty { acknowledgedAt } } } \
                     acknowledged: recipients(filter: ACKNOWLEDGED, first: 10) { totalCount } \
                     open: recipients(filter: OPEN, first: 10) { totalCount } \
                     progress { delivered seen acknowledged overdue } } }";
        for (number, viewer) in self.viewers.iter().enumerate() {
            let data = self.house.ask(viewer, query, json!({ "id": id })).await;
            let dispatch = &data["dispatch"];
            if [self.number("owner"), self.number("outsider")].contains(&number) {
                assert_eq!(dispatch["proof"]["doneCount"], json!(1));
                assert_eq!(dispatch["proofEntries"]["totalCount"], json!(2));
                assert_eq!(dispatch["acknowledged"]["totalCount"], json!(1));
                assert_eq!(dispatch["progress"]["acknowledged"], json!(1));
                continue;
            }
            for hidden in [
                "proof",
                "proofEntries",
                "recipients",
                "acknowledged",
                "open",
            ] {
                assert!(dispatch[hidden].is_null(), "{number} sees {hidden}");
            }
            // Two people: a number would be a name.
            for hidden in ["seen", "acknowledged"] {
                assert!(
                    dispatch["progress"][hidden].is_null(),
                    "{number} sees {hidden}"
                );
            }
        }
    }

    /// Numbers that everybody, the line or nobody may see.
    async fn fill_in_profiles(&mut self) {
        let line = only(&[0, 1, 2, 3]);
        let own = only(&[self.number("member")]);
        for (field, number, audience, to) in [
            ("phone", "+49 40 5511 0001", &own, "NOBODY"),
            ("mobile", "+49 40 5511 0002", &line, "UNIT_LINE"),
        ] {
            let what = format!("{field} number of a member");
            self.model.number(number, audience, what);
            let mut input = json!({});
            input[field] = json!(number);
            input[format!("{field}For")] = json!(to);
            self.act(
                "member",
                "profileDetailsUpdate",
                input,
                "profile { __typename }",
            )
            .await;
        }
        let everybody = self.everybody();
        let number = "+49 40 5511 0003";
        self.model
            .number(number, &everybody, "phone number for everybody");
        let input = json!({ "phone": number, "phoneFor": "EVERYBODY" });
        self.act(
            "requester",
            "profileDetailsUpdate",
            input,
            "profile { __typename }",
        )
        .await;
    }

    async fn grow_a_tree(&mut self) -> String {
        let house = Viewer::system("test");
        let mut tx = self.house.bed.database.begin(&house).await.unwrap();
        let district = unit(&mut tx, "district", None).await;
        let branch = unit(&mut tx, "branch", Some(district)).await;
        for (name, unit, is_head) in [
            ("owner", district, true),
            ("moderator", branch, true),
            ("member", branch, false),
            ("requester", branch, false),
        ] {
            let new = NewAssignment {
                unit_id: unit,
                person_id: self.viewer(name).person_id().unwrap(),
                role: if is_head { "Head" } else { "Teller" }.to_owned(),
                is_head,
                starts_at: tx.now(),
            };
            assign(&mut tx, new).await.unwrap();
        }
        tx.commit().await.unwrap();
        self.house.bed.clock.advance_seconds(1);
        let units = [district, branch].map(|unit| literal(&unit.to_string()));
        self.pools.ids.insert("unit".into(), units.to_vec());
        district.to_string()
    }

    /// An admin tries tomorrow's files out; who comes and which unit is nobody else's business yet.
    pub(super) async fn rehearse_a_reorganisation(&mut self) {
        let admin = only(&[self.number("admin")]);
        let person = self
            .model
            .mark(&admin, "somebody who comes with a reorganisation");
        let unit = self
            .model
            .mark(&admin, "unit that comes with a reorganisation");
        let input = json!({
            "people": format!("id,name\n1,{person}\n"),
            "orgUnits": format!("code,parent_code,name,type\nX,,{unit},team\n"),
            "assignments": "person,unit,head\n1,X,yes\n",
        });
        let payload = self
            .act(
                "admin",
                "reorganisationRehearse",
                input,
                "reorganisation { id }",
            )
            .await;
        self.remember(&text(&payload, "/reorganisation/id"), &admin);
    }

    async fn grant_audit(&mut self, unit: &str) {
        let admin = only(&[self.number("admin")]);
        let reason = self.model.mark(&admin, "reason for a right on the line");
        let ends_at = self.house.bed.clock.now().plus_seconds(30 * 86_400);
        let input = json!({
            "personId": self.person_id("outsider"), "unitId": unit, "right": "AUDIT", "reason": reason,
            "endsAt": ends_at.to_string(),
        });
        let payload = self
            .act("admin", "lineGrantGive", input, "grant { id }")
            .await;
        self.remember(&text(&payload, "/grant/id"), &admin);
    }

    /// One question to the district that stays private, one to the branch that is answered for all of it.
    async fn ask_up_the_line(&mut self) {
        let private = only(&[self.number("owner"), self.number("member")]);
        let question = self.model.mark(&private, "private question up the line");
        let input = json!({
            "clientId": client_id(), "addresseeId": self.person_id("owner"), "body": question,
        });
        let payload = self
            .act("member", "lineQuestionAsk", input, "question { id }")
            .await;
        self.remember(&text(&payload, "/question/id"), &private);

        let shared = only(&[1, 2, 3]);
        let question = self.model.mark(&shared, "shared question up the line");
        let input = json!({
            "clientId": client_id(), "addresseeId": self.person_id("moderator"), "body": question,
            "isAnonymous": true,
        });
        let payload = self
            .act("requester", "lineQuestionAsk", input, "question { id }")
            .await;
        let id = text(&payload, "/question/id");
        self.remember(&id, &shared);
        let answer = self.model.mark(&shared, "shared answer down the line");
        let input = json!({ "questionId": id, "body": answer, "isShared": true });
        self.act("moderator", "lineQuestionRespond", input, "question { id }")
            .await;
    }
}
