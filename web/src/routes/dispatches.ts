import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { DispatchBox } from "@/graphql/generated/graphql";
import { appRoute, pending } from "./root";

const boxes: readonly DispatchBox[] = [
  "RECEIVED",
  "OPEN",
  "COPIED",
  "SENT",
  "DRAFTS",
  "HELPED",
  "AUDITED",
];

const listRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/dispatches",
  validateSearch: ({ box }: Record<string, unknown>): { box?: DispatchBox } => {
    const known = boxes.find((each) => each === box);
    return known ? { box: known } : {};
  },
  component: lazyRouteComponent(
    () => import("@/features/dispatches/pages/DispatchesPage"),
    "DispatchesPage",
  ),
  ...pending,
});

const newRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/dispatches/new",
  // The copy on the server of what is being written, so that it is there again when the page is loaded anew.
  validateSearch: ({ draft }: Record<string, unknown>): { draft?: string } =>
    typeof draft === "string" ? { draft } : {},
  component: lazyRouteComponent(
    () => import("@/features/dispatches/pages/ComposePage"),
    "NewDispatchPage",
  ),
  ...pending,
});

const questionsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/dispatches/questions",
  component: lazyRouteComponent(
    () => import("@/features/dispatches/pages/LineQuestionsPage"),
    "LineQuestionsPage",
  ),
  ...pending,
});

const dispatchRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/dispatches/$dispatchId",
  component: lazyRouteComponent(
    () => import("@/features/dispatches/pages/DispatchPage"),
    "DispatchPage",
  ),
  ...pending,
});

const editRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/dispatches/$dispatchId/edit",
  component: lazyRouteComponent(
    () => import("@/features/dispatches/pages/ComposePage"),
    "EditDispatchPage",
  ),
  ...pending,
});

const proofRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/dispatches/$dispatchId/proof",
  component: lazyRouteComponent(() => import("@/features/dispatches/pages/ProofPage"), "ProofPage"),
  ...pending,
});

export const dispatchesRoutes = [
  listRoute,
  newRoute,
  questionsRoute,
  dispatchRoute,
  editRoute,
  proofRoute,
] as const;
