import { useId, useState } from 'react'
import { type Answers, catalogue, type FormField } from '../../contract/catalogue.ts'
import { custodies } from '../../contract/custody.ts'
import { t } from '../platform/i18n.ts'
import { digitsOf } from '../platform/moments.ts'
import { useAsk } from '../platform/query.ts'
import { Files, type Uploaded } from './Files.tsx'
import { costWords, fieldMessage } from './kit.tsx'

interface Props {
  fields: readonly FormField[]
  currency: string | null
  answers: Answers
  onChange: (answers: Answers) => void
  error: unknown
}

/** The fields of a service that are asked, each with what is wrong with it. */
export const FormFields = ({ fields, currency, answers, onChange, error }: Props) =>
  fields.map((field) => (
    <Entry
      key={field.key}
      field={field}
      currency={currency}
      value={answers[field.key] ?? null}
      set={(value) => onChange({ ...answers, [field.key]: value })}
      wrong={fieldMessage(error, `answers.${field.key}`)}
    />
  ))

interface EntryProps {
  field: FormField
  currency: string | null
  value: Answers[string]
  set: (value: Answers[string]) => void
  wrong: string | undefined
}

function Entry(props: EntryProps) {
  const { field, wrong } = props
  const id = useId()
  const described = [field.help === '' ? '' : `${id}-help`, wrong === undefined ? '' : `${id}-wrong`].join(' ').trim()
  const common = {
    id,
    required: field.required,
    'aria-invalid': wrong !== undefined,
    ...(described === '' ? {} : { 'aria-describedby': described }),
  }
  if (field.type === 'file') return <FileEntry {...props} />
  return (
    <div className="field">
      {field.type === 'boolean' ? null : (
        <label htmlFor={id}>
          {field.label}
          {field.required && <span aria-hidden> *</span>}
        </label>
      )}
      {field.help !== '' && (
        <span id={`${id}-help`} className="label">
          {field.help}
        </span>
      )}
      <Control {...props} common={common} />
      {wrong !== undefined && (
        <span id={`${id}-wrong`} className="wrong">
          {wrong}
        </span>
      )}
    </div>
  )
}

function Control({ field, currency, value, set, common }: EntryProps & { common: { id: string; required: boolean } }) {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const price = (choice: string): string => {
    const found = field.prices.find((one) => one.choice.toLowerCase() === choice.toLowerCase())
    const words = found === undefined ? '' : costWords({ ...found.cost, currency })
    return words === '' ? '' : ` (+ ${words})`
  }
  switch (field.type) {
    case 'long_text':
      return <textarea {...common} rows={4} value={text} onChange={(event) => set(event.currentTarget.value)} />
    case 'number':
      return (
        <input
          {...common}
          inputMode="decimal"
          value={text}
          onChange={(event) => set(event.currentTarget.value.replace(',', '.'))}
        />
      )
    case 'date':
      return <input {...common} type="date" value={text} onChange={(event) => set(event.currentTarget.value)} />
    case 'boolean':
      return (
        <label className="check">
          <input
            {...common}
            type="checkbox"
            checked={value === true}
            onChange={(event) => set(event.currentTarget.checked)}
          />{' '}
          {field.label}
          {price('yes')}
        </label>
      )
    case 'choice':
      return (
        <select {...common} value={text} onChange={(event) => set(event.currentTarget.value || null)}>
          <option value="">{t('portal.choose')}</option>
          {field.choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice + price(choice)}
            </option>
          ))}
        </select>
      )
    case 'money':
      return <Amount common={common} currency={currency ?? 'EUR'} value={value} set={set} />
    case 'device':
      return <Device common={common} value={text} set={set} />
    case 'person':
      return <Person common={common} value={text} set={set} />
    default:
      return (
        <input
          {...common}
          type={field.type === 'url' ? 'url' : 'text'}
          value={text}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )
  }
}

type Part<T> = { common: { id: string; required: boolean }; value: T; set: (value: Answers[string]) => void }

/** An amount, typed in whole units and kept in minor ones. */
function Amount({ common, currency, value, set }: Part<Answers[string]> & { currency: string }) {
  const unit = 10 ** digitsOf(currency)
  const [typed, type] = useState(typeof value === 'number' ? String(value / unit) : '')
  return (
    <span className="amount">
      <input
        {...common}
        inputMode="decimal"
        value={typed}
        onChange={(event) => {
          const text = event.currentTarget.value
          type(text)
          const amount = Number(text.replace(',', '.'))
          set(text.trim() === '' ? null : Number.isFinite(amount) ? Math.round(amount * unit) : text)
        }}
      />{' '}
      {currency}
    </span>
  )
}

/** One of the devices the reader has. */
function Device({ common, value, set }: Part<string>) {
  const asked = useAsk(custodies.mine, {})
  return (
    <select {...common} value={value} onChange={(event) => set(event.currentTarget.value || null)}>
      <option value="">{t('portal.choose')}</option>
      {(asked.data?.items ?? []).flatMap((c) =>
        c.asset === null || c.ended !== null
          ? []
          : [
              <option key={c.id} value={c.asset.id}>
                {`${c.asset.tag} ${c.asset.name}`.trim()}
              </option>,
            ],
      )}
    </select>
  )
}

/** A colleague, found by a part of the name. */
function Person({ common, value, set }: Part<string>) {
  const [typed, type] = useState('')
  const [name, setName] = useState('')
  const q = typed.trim()
  const asked = useAsk(catalogue.people, { q }, { enabled: value === '' && q.length >= 2, keep: true })
  if (value !== '')
    return (
      <span className="chosen">
        {name === '' ? t('portal.chosenPerson') : name}{' '}
        <button type="button" className="small" onClick={() => set(null)}>
          {t('portal.another')}
        </button>
      </span>
    )
  return (
    <>
      <input
        {...common}
        autoComplete="off"
        placeholder={t('portal.findPerson')}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
      />
      {q.length >= 2 && asked.data !== undefined && (
        <ul className="choices">
          {asked.data.items.length === 0 && <li className="soft">{t('portal.nobody')}</li>}
          {asked.data.items.map((person) => (
            <li key={person.id}>
              <button
                type="button"
                onClick={() => {
                  setName(person.name)
                  set(person.id)
                }}
              >
                {person.name} <span className="label">{person.detail}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function FileEntry({ field, value, set, wrong }: EntryProps) {
  const ids = Array.isArray(value) ? value : []
  const [names, setNames] = useState<Record<string, string>>({})
  const files: Uploaded[] = ids.map((id) => ({ id, name: names[id] ?? t('portal.file') }))
  return (
    <>
      <Files
        label={field.label}
        value={files}
        onChange={(next) => {
          setNames(Object.fromEntries(next.map((file) => [file.id, file.name])))
          set(next.map((file) => file.id))
        }}
      />
      {wrong !== undefined && <span className="wrong">{wrong}</span>}
    </>
  )
}
