/** The door of this capability: what the floors above and main.ts may use. */
export { Identification, actorOfAccount } from './identify.ts'
export type { Estate } from './estate.ts'
export { personByEmail, personById } from './persons-store.ts'
export { peopleRoutes, type PeopleParts } from './routes.ts'
export { tellAccess } from './access.ts'
export { firstOrganisation, setUpLink, setUpNeeded } from './actions/set-up.ts'
export { mountSignIn, openSignIn, type SignIn } from './sign-in.ts'
export { signInGuard } from './sign-in-guard.ts'
