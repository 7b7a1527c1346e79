import { company } from './company.ts'

/** The date so many days from today, where the company is. */
export const dayIn = (days: number): string => Temporal.Now.plainDateISO(company.zone).add({ days }).toString()
