import type { Answers, Cost, FormField, ServiceDefinition } from '../../../contract/catalogue.ts'
import { fieldTypes, type FieldType } from '../../../contract/fields.ts'
import { normalValue, whyNotValue } from '../../fields/rules/field-value.ts'
import type { Refusal } from '../../platform/errors.ts'

/** An answer in the words in which conditions and prices name it. */
const wordOf = (answer: Answers[string] | undefined): string | null =>
  answer === null || answer === undefined || Array.isArray(answer)
    ? null
    : typeof answer === 'boolean'
      ? answer
        ? 'yes'
        : 'no'
      : String(answer)

/** The fields that are asked, in their order: a condition on a field that is not asked does not hold. */
export function askedFields(fields: readonly FormField[], given: Answers): FormField[] {
  const asked = new Map<string, FormField>()
  for (const field of fields)
    if (
      field.showWhen.every(({ field: on, is }) => {
        const word = asked.has(on) ? wordOf(given[on]) : null
        return word !== null && is.some((one) => one.toLowerCase() === word.toLowerCase())
      })
    )
      asked.set(field.key, field)
  return [...asked.values()]
}

const isPlain = (type: FormField['type']): type is FieldType => (fieldTypes as readonly string[]).includes(type)
const wrong = (code: string, field: FormField): Refusal => ({ code: `fields.${code}`, params: { label: field.label } })
const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** An answer in the form in which it is kept. */
export function normalAnswer(field: FormField, given: Answers[string] | undefined): Answers[string] {
  if (given === undefined || given === null || given === '') return null
  if (isPlain(field.type)) return normalValue({ ...field, type: field.type, pattern: null }, given) as Answers[string]
  if (field.type === 'file') return Array.isArray(given) && given.length === 0 ? null : given
  return given
}

/** An amount has at most so many minor units, as prices have. */
const mostMinor = 1e12

/** Null where an answer fits. That a person, a device or a file is there, a rule cannot know. */
export function whyNotAnswer(field: FormField, answer: Answers[string]): Refusal | null {
  if (answer === null) return field.required ? wrong('required', field) : null
  if (isPlain(field.type)) {
    // what must be agreed to is agreed to with yes
    if (field.type === 'boolean' && field.required && answer === false) return wrong('required', field)
    return whyNotValue({ ...field, type: field.type, pattern: null }, answer)
  }
  if (field.type === 'money')
    return typeof answer === 'number' && Number.isSafeInteger(answer) && answer >= 0 && answer <= mostMinor
      ? null
      : wrong('not-number', field)
  if (field.type === 'device')
    return typeof answer === 'string' && isId.test(answer) ? null : wrong('not-device', field)
  return Array.isArray(answer) ? null : wrong('not-file', field)
}

/** The answers that are asked for, as they are kept, and what is wrong with them by key. */
export function judgeAnswers(
  fields: readonly FormField[],
  given: Answers,
): { asked: FormField[]; answers: Answers; wrong: Map<string, Refusal> } {
  const normal: Answers = Object.fromEntries(fields.map((field) => [field.key, normalAnswer(field, given[field.key])]))
  const asked = askedFields(fields, normal)
  const found = new Map<string, Refusal>()
  for (const field of asked) {
    const refusal = whyNotAnswer(field, normal[field.key] ?? null)
    if (refusal !== null) found.set(field.key, refusal)
  }
  return {
    asked,
    answers: Object.fromEntries(asked.flatMap(({ key }) => (normal[key] === null ? [] : [[key, normal[key]!]]))),
    wrong: found,
  }
}

/** What it costs: the service, what the choices that are asked add, and the amounts that count. */
export function costOf(
  definition: Pick<ServiceDefinition, 'price'>,
  asked: readonly FormField[],
  given: Answers,
): Cost {
  let { oneOff, monthly } = definition.price
  for (const field of asked) {
    const word = wordOf(given[field.key])
    const price =
      word === null ? undefined : field.prices.find((one) => one.choice.toLowerCase() === word.toLowerCase())
    oneOff += price?.cost.oneOff ?? 0
    monthly += price?.cost.monthly ?? 0
    const amount = given[field.key]
    // revisions from before amounts could count say nothing of it
    if (field.type !== 'money' || typeof amount !== 'number' || whyNotAnswer(field, amount) !== null) continue
    if (field.adds === 'oneOff') oneOff += amount
    if (field.adds === 'monthly') monthly += amount
  }
  return { oneOff, monthly }
}

/** The amount that is approved: one-off, and so many months of what comes every month. */
export const amountOf = (definition: Pick<ServiceDefinition, 'months'>, cost: Cost): number =>
  cost.oneOff + cost.monthly * definition.months

export interface Orderer {
  readonly department: string | null
  readonly site: string | null
  readonly teams: readonly string[]
}
const among = (list: readonly string[], word: string | null): boolean =>
  word !== null && list.some((one) => one.trim().toLowerCase() === word.trim().toLowerCase())

/** Whether somebody may order: everybody where nobody is named. */
export function mayOrder({ departments, sites, teams }: ServiceDefinition['visibleTo'], who: Orderer): boolean {
  if (departments.length + sites.length + teams.length === 0) return true
  return among(departments, who.department) || among(sites, who.site) || teams.some((team) => who.teams.includes(team))
}

/** What keeps a service from being published; nothing where it can. */
export function whyNotPublish(definition: ServiceDefinition): Refusal[] {
  const found: Refusal[] = []
  const before = new Map<string, FormField>()
  for (const field of definition.fields) {
    const { label } = field
    if (before.has(field.key)) found.push({ code: 'catalogue.key-twice', params: { label } })
    if (field.type === 'choice' && field.choices.length === 0)
      found.push({ code: 'catalogue.no-choices', params: { label } })
    if (new Set(field.choices.map((one) => one.toLowerCase())).size < field.choices.length)
      found.push({ code: 'catalogue.choices-twice', params: { label } })
    const choices = field.type === 'boolean' ? ['yes', 'no'] : field.choices.map((one) => one.toLowerCase())
    if (field.prices.some((one) => !choices.includes(one.choice.toLowerCase())))
      found.push({ code: 'catalogue.price-of-nothing', params: { label } })
    if (field.adds != null && field.type !== 'money')
      found.push({ code: 'catalogue.adds-no-amount', params: { label } })
    for (const { field: on } of field.showWhen)
      if (!before.has(on)) found.push({ code: 'catalogue.condition-later', params: { label } })
    before.set(field.key, field)
  }
  const costs = [definition.price, ...definition.fields.flatMap((field) => field.prices.map((one) => one.cost))]
  const isPriced =
    costs.some((one) => one.oneOff + one.monthly > 0) || definition.fields.some((one) => one.type === 'money')
  if (isPriced && definition.currency === null) found.push({ code: 'catalogue.no-currency' })
  return found
}

/** Null where the answers of an order can still be changed: its ticket is open, and nothing of it is done. */
export function whyNotChangeOrder(
  order: { isOpen: boolean; tasksDone: number },
  who: { isOwn: boolean; inside: boolean },
): Refusal | null {
  if (!who.isOwn && !who.inside) return { code: 'orders.not-yours' }
  if (!order.isOpen) return { code: 'orders.over' }
  return order.tasksDone === 0 ? null : { code: 'orders.begun', params: { n: order.tasksDone } }
}

/** Null where an order can be withdrawn. */
export const whyNotWithdrawOrder = (
  order: { isOpen: boolean },
  who: { isOwn: boolean; inside: boolean },
): Refusal | null =>
  !who.isOwn && !who.inside ? { code: 'orders.not-yours' } : order.isOpen ? null : { code: 'orders.over' }
