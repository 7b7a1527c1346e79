import { Button, Checkbox, Select, TagsInput, TextInput } from '@mantine/core'
import { type FormField, formFieldTypes, type ServiceDefinition } from '../../contract/catalogue.ts'
import { t } from '../platform/i18n.ts'
import { MoneyInput } from '../ui/MoneyInput.tsx'
import classes from './Catalogue.module.css'
import { Ordered } from './Ordered.tsx'

/** A field nobody has named yet, under the first key that is free. */
const blank = (fields: readonly FormField[]): FormField => ({
  key: firstFree('field', fields),
  label: '',
  help: '',
  type: 'text',
  required: false,
  choices: [],
  prices: [],
  adds: null,
  showWhen: [],
})

/** A key made of the words a person typed. */
const keyOf = (label: string, before: string): string => {
  const key = label
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 60)
  return key === '' ? before : key
}

const firstFree = (base: string, fields: readonly FormField[]): string => {
  const taken = new Set(fields.map(({ key }) => key))
  let n = 1
  while (taken.has(`${base}_${n}`)) n++
  return `${base}_${n}`
}

/** The fields with one of them changed; where that gave it another key, conditions that named it name it still. */
function withField(fields: readonly FormField[], at: number, field: FormField): FormField[] {
  const before = fields[at]!.key
  const others = fields.filter((_, other) => other !== at)
  const key = others.some((one) => one.key === field.key) ? firstFree(field.key, others) : field.key
  return fields.map((one, other) =>
    other === at
      ? { ...field, key }
      : { ...one, showWhen: one.showWhen.map((when) => (when.field === before ? { ...when, field: key } : when)) },
  )
}

interface Props {
  definition: ServiceDefinition
  /** Keys of fields as they were last kept stay as they are: answers name them. */
  keptKeys: readonly string[]
  onChange: (fields: FormField[]) => void
}

/** The form of a service: what is asked, in which order, and on what it depends. */
export function FieldsEditor({ definition, keptKeys, onChange }: Props) {
  const { fields } = definition
  return (
    <>
      <Ordered items={fields} onChange={onChange} nameOf={(field) => field.label}>
        {(field, _, at) => (
          <OneField
            field={field}
            isKept={keptKeys.includes(field.key)}
            before={fields.slice(0, at)}
            currency={definition.currency}
            set={(next) => onChange(withField(fields, at, next))}
          />
        )}
      </Ordered>
      <Button variant="default" onClick={() => onChange([...fields, blank(fields)])}>
        {t('catalogueSetup.addField')}
      </Button>
    </>
  )
}

interface OneProps {
  field: FormField
  /** It was saved with this key. */
  isKept: boolean
  before: readonly FormField[]
  currency: string | null
  set: (field: FormField) => void
}

function OneField({ field, isKept, before, currency, set }: OneProps) {
  const change = (part: Partial<FormField>): void => set({ ...field, ...part })
  const priced = field.type === 'choice' ? field.choices : field.type === 'boolean' ? ['yes'] : []
  return (
    <>
      <div className={classes['row']}>
        <TextInput
          label={t('catalogueSetup.label')}
          required
          maxLength={120}
          value={field.label}
          onChange={(event) => {
            const label = event.currentTarget.value
            change({ label, ...(isKept ? {} : { key: keyOf(label, field.key) }) })
          }}
        />
        <Select
          label={t('catalogueSetup.type')}
          data={formFieldTypes.map((type) => ({ value: type, label: t(`catalogueSetup.type.${type}`) }))}
          value={field.type}
          allowDeselect={false}
          onChange={(type) =>
            change({ type: type ?? 'text', choices: type === 'choice' ? field.choices : [], prices: [], adds: null })
          }
        />
        <TextInput
          label={t('catalogueSetup.help')}
          maxLength={300}
          value={field.help}
          onChange={(event) => change({ help: event.currentTarget.value })}
        />
      </div>
      <Checkbox
        size="xs"
        label={t('catalogueSetup.required')}
        checked={field.required}
        onChange={(event) => change({ required: event.currentTarget.checked })}
        mb="xs"
      />
      {field.type === 'money' && (
        <Select
          label={t('catalogueSetup.counts')}
          description={t('catalogueSetup.countsHelp')}
          maw={320}
          mb="xs"
          allowDeselect={false}
          data={(['none', 'oneOff', 'monthly'] as const).map((value) => ({
            value,
            label: t(`catalogueSetup.counts.${value}`),
          }))}
          value={field.adds ?? 'none'}
          onChange={(adds) => change({ adds: adds === 'none' ? null : adds })}
        />
      )}
      {field.type === 'choice' && (
        <TagsInput
          label={t('catalogueSetup.choices')}
          description={t('catalogueSetup.choicesHelp')}
          value={field.choices}
          onChange={(choices) =>
            change({ choices, prices: field.prices.filter((one) => choices.includes(one.choice)) })
          }
          mb="xs"
        />
      )}
      {currency !== null &&
        priced.map((choice) => (
          <div key={choice} className={classes['row']}>
            {(['oneOff', 'monthly'] as const).map((part) => {
              const cost = field.prices.find((one) => one.choice === choice)?.cost ?? { oneOff: 0, monthly: 0 }
              return (
                <MoneyInput
                  key={part}
                  label={t(`catalogueSetup.adds.${part}`, { choice: choice === 'yes' ? field.label : choice })}
                  value={cost[part] === 0 ? null : { minor: cost[part], currency }}
                  error={undefined}
                  onChange={(money) =>
                    change({
                      prices: [
                        ...field.prices.filter((one) => one.choice !== choice),
                        { choice, cost: { ...cost, [part]: money?.minor ?? 0 } },
                      ],
                    })
                  }
                />
              )
            })}
          </div>
        ))}
      <Condition field={field} before={before} change={change} />
    </>
  )
}

/** Asked only where a field before it has one of these answers. */
function Condition({
  field,
  before,
  change,
}: {
  field: FormField
  before: readonly FormField[]
  change: (part: Partial<FormField>) => void
}) {
  const able = before.filter((one) => one.type === 'choice' || one.type === 'boolean')
  const [first] = field.showWhen
  if (able.length === 0 && first === undefined) return null
  const on = able.find((one) => one.key === first?.field)
  return (
    <div className={classes['row']}>
      <Select
        label={t('catalogueSetup.when')}
        placeholder={t('catalogueSetup.always')}
        clearable
        data={able.map((one) => ({ value: one.key, label: one.label }))}
        value={on?.key ?? null}
        onChange={(key) => change({ showWhen: key === null ? [] : [{ field: key, is: [] }] })}
      />
      {on !== undefined && (
        <TagsInput
          label={t('catalogueSetup.is')}
          data={on.type === 'boolean' ? ['yes', 'no'] : on.choices}
          value={first?.is ?? []}
          onChange={(is) => change({ showWhen: [{ field: on.key, is }] })}
        />
      )}
    </div>
  )
}
