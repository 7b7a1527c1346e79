/** The sections of Today, in the order of their urgency. */
export const sectionNames = ['late', 'dueSoon', 'waiting', 'ageing', 'unowned'] as const
export type SectionName = (typeof sectionNames)[number]
