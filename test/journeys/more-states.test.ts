import { lookAtEachState } from './page-states.ts'

// the other half of states.test.ts: two files are looked at side by side
lookAtEachState((place) => place % 2 === 1)
