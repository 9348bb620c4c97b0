//! The directory: who is found, in which order, and what the counts say.

use kernel::{PageArgs, PersonId};
use profiles::model::ProfileChange;
use profiles::queries::{self, DirectoryFilter, FacetKind};
use testkit::on_both_databases;

use crate::world::Bank;

async fn found(bank: &Bank, filter: &DirectoryFilter) -> Vec<PersonId> {
    let reader = bank.reader(bank.outsider);
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let args = PageArgs::forward(2, after).unwrap();
        let (page, total) = queries::people(&reader, filter, &args).await.unwrap();
        assert!(page.items.len() <= 2);
        let info = page.info();
        all.extend(page.items.into_iter().map(|(_, person)| person.id));
        if !info.has_next_page {
            assert_eq!(total, i64::try_from(all.len()).unwrap());
            return all;
        }
        after = info.end_cursor;
    }
}

async fn counts(bank: &Bank, filter: &DirectoryFilter, kind: FacetKind) -> Vec<(String, i64)> {
    let found = queries::facet(&bank.reader(bank.outsider), filter, kind).await;
    let found = found.unwrap().into_iter();
    found.map(|count| (count.label, count.total)).collect()
}

#[tokio::test]
async fn every_count_is_what_choosing_it_finds() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        for (who, languages, skills) in [
            (bank.teller, vec!["de", "en"], vec!["Excel"]),
            (bank.colleague, vec!["de"], vec!["excel", "Chess"]),
            (bank.other, vec!["de"], vec![]),
        ] {
            let texts = |list: Vec<&str>| Some(list.into_iter().map(str::to_owned).collect());
            let change = ProfileChange {
                languages: texts(languages),
                skills: texts(skills),
                ..ProfileChange::default()
            };
            bank.change(who, change).await.unwrap();
        }
        let all = DirectoryFilter::default();
        assert_eq!(found(&bank, &all).await.len(), 6);
        let base = DirectoryFilter {
            units: vec![bank.board],
            ..DirectoryFilter::default()
        };
        assert_eq!(found(&bank, &base).await.len(), 5);
        let mut seen = 0;
        for kind in [
            FacetKind::Unit,
            FacetKind::Role,
            FacetKind::Location,
            FacetKind::Language,
            FacetKind::Skill,
        ] {
            let reader = bank.reader(bank.outsider);
            for count in queries::facet(&reader, &base, kind).await.unwrap() {
                let mut chosen = base.clone();
                let value = || vec![count.value.clone()];
                match kind {
                    FacetKind::Unit => chosen.units = vec![count.value.parse().unwrap()],
                    FacetKind::Role => chosen.roles = value(),
                    FacetKind::Location => chosen.locations = value(),
                    FacetKind::Language => chosen.languages = value(),
                    FacetKind::Skill => chosen.skills = value(),
                }
                let found = i64::try_from(found(&bank, &chosen).await.len()).unwrap();
                assert_eq!(found, count.total, "{kind:?} {}", count.label);
                seen += 1;
            }
        }
        // One district, two roles, one town, two languages, two skills.
        assert_eq!(seen, 8);
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn a_facet_does_not_count_its_own_choices_but_all_others() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let filter = DirectoryFilter {
            roles: vec!["TELLER".into()],
            units: vec![bank.branch],
            ..DirectoryFilter::default()
        };
        assert_eq!(found(&bank, &filter).await.len(), 2);
        let roles = counts(&bank, &filter, FacetKind::Role).await;
        assert_eq!(roles.len(), 2, "{roles:?}");
        assert_eq!(roles.iter().map(|(_, total)| total).sum::<i64>(), 3);
        let searched = DirectoryFilter {
            query: "name TELLER".into(),
            ..DirectoryFilter::default()
        };
        assert_eq!(found(&bank, &searched).await, [bank.teller]);
        let wild = DirectoryFilter {
            query: "%".into(),
            ..DirectoryFilter::default()
        };
        assert!(found(&bank, &wild).await.is_empty());
        let second = DirectoryFilter {
            units: vec![bank.second],
            ..DirectoryFilter::default()
        };
        assert_eq!(found(&bank, &second).await, [bank.other]);
        bank.bed
    })
    .await;
}
