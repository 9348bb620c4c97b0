//! What happens while somebody has not confirmed, and when: in the recipient's working time.

/// What happens at a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
#[graphql(name = "DispatchStepKind")]
pub enum StepKind {
    /// The recipient is reminded.
    Reminder,
    /// The deadline is over: the recipient's manager learns the name.
    Overdue,
    /// A working day later the manager's manager does.
    Escalation,
}

/// A step of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What happens.
    pub kind: StepKind,
    /// Working minutes after the duty began.
    pub after_minutes: i64,
}

/// All steps of a must-read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    steps: Vec<Step>,
}

/// Working minutes between the deadline and the second level.
const ONE_DAY: i64 = 8 * 60;
/// An urgent dispatch reminds so many times at most.
const URGENT_REMINDERS: i64 = 6;

impl Plan {
    /// The plan for a deadline of `working_hours`. Reminds once, at half time; an urgent one every working
    /// hour, up to six times. Then the deadline, then a working day later the next level.
    pub fn new(working_hours: i32, is_urgent: bool) -> Self {
        let due = i64::from(working_hours) * 60;
        let reminders = if is_urgent {
            (1..=URGENT_REMINDERS)
                .map(|hour| hour * 60)
                .filter(|minutes| *minutes < due)
                .collect()
        } else {
            vec![due / 2]
        };
        let reminders = reminders.into_iter().map(|after_minutes| Step {
            kind: StepKind::Reminder,
            after_minutes,
        });
        let ends = [
            Step {
                kind: StepKind::Overdue,
                after_minutes: due,
            },
            Step {
                kind: StepKind::Escalation,
                after_minutes: due + ONE_DAY,
            },
        ];
        Self {
            steps: reminders.chain(ends).collect(),
        }
    }

    /// The step with this number, counted from 0.
    pub fn step(&self, number: i32) -> Option<Step> {
        self.steps.get(usize::try_from(number).ok()?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_reminds_then_tells_the_line() {
        let plan = Plan::new(16, false);
        let steps: Vec<_> = (0..4)
            .map_while(|number| plan.step(number))
            .map(|step| (step.kind, step.after_minutes / 60))
            .collect();
        assert_eq!(
            steps,
            [
                (StepKind::Reminder, 8),
                (StepKind::Overdue, 16),
                (StepKind::Escalation, 24)
            ]
        );
    }

    #[test]
    fn an_urgent_one_reminds_every_hour_but_not_for_ever() {
        let kinds = |hours| {
            let plan = Plan::new(hours, true);
            (0..20)
                .map_while(|number| plan.step(number))
                .filter(|step| step.kind == StepKind::Reminder)
                .count()
        };
        assert_eq!((kinds(1), kinds(4), kinds(40)), (0, 3, 6));
    }
}
