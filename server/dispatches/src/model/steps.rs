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

impl StepKind {
    /// As told in the journal.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reminder => "reminder",
            Self::Overdue => "overdue",
            Self::Escalation => "escalation",
        }
    }
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

impl Plan {
    /// The plan for a deadline of `working_hours`: a reminder at half time, the deadline, and a working day
    /// later the next level. What is urgent needs no reminder at half time: it comes back by itself (see
    /// [`super::Urgency`]).
    pub fn new(working_hours: i32, is_urgent: bool) -> Self {
        let due = i64::from(working_hours) * 60;
        let reminder = (!is_urgent).then_some(Step {
            kind: StepKind::Reminder,
            after_minutes: due / 2,
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
            steps: reminder.into_iter().chain(ends).collect(),
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
    fn an_urgent_one_goes_up_the_line_at_the_same_time() {
        let plan = Plan::new(16, true);
        let kinds: Vec<_> = (0..4)
            .map_while(|number| plan.step(number))
            .map(|step| step.kind)
            .collect();
        assert_eq!(kinds, [StepKind::Overdue, StepKind::Escalation]);
    }
}
