import { useId, useRef, useState } from 'react'
import { type Answers, catalogue, type FormField } from '../../contract/catalogue.ts'
import { t } from '../platform/i18n.ts'
import { digitsOf } from '../platform/moments.ts'
import { useAsk } from '../platform/query.ts'
import { useDevices } from './devices.tsx'
import { Files, type Uploaded } from './Files.tsx'
import { costWords, fieldMessage, Unkept } from './kit.tsx'

interface Props {
  fields: readonly FormField[]
  currency: string | null
  answers: Answers
  /** Of what is there by then: an answer may come later than others, as that of a file does. */
  onChange: (update: (before: Answers) => Answers) => void
  /** Files are being stored, or are no more. */
  onBusy: (busy: boolean) => void
  error: unknown
}

/** The fields of a service that are asked, each with what is wrong with it. */
export const FormFields = ({ fields, currency, answers, onChange, onBusy, error }: Props) =>
  fields.map((field) => (
    <Entry
      key={field.key}
      field={field}
      currency={currency}
      value={answers[field.key] ?? null}
      set={(value) => onChange((before) => ({ ...before, [field.key]: value }))}
      update={(next) => onChange((before) => ({ ...before, [field.key]: next(before[field.key] ?? null) }))}
      onBusy={onBusy}
      wrong={fieldMessage(error, `answers.${field.key}`)}
    />
  ))

interface EntryProps {
  field: FormField
  currency: string | null
  value: Answers[string]
  set: (value: Answers[string]) => void
  update: (next: (before: Answers[string]) => Answers[string]) => void
  onBusy: (busy: boolean) => void
  wrong: string | undefined
}

const Label = ({ field }: { field: FormField }) => (
  <>
    {field.label}
    {field.required && <span aria-hidden> *</span>}
  </>
)

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
          <Label field={field} />
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
  const { options, error, refetch } = useDevices()
  return (
    <>
      <select {...common} value={value} onChange={(event) => set(event.currentTarget.value || null)}>
        <option value="">{t('portal.choose')}</option>
        {options}
      </select>
      <Unkept error={error} again={() => void refetch()} />
    </>
  )
}

/** A colleague, found by a part of the name. */
function Person({ common, value, set }: Part<string>) {
  const [typed, type] = useState('')
  const [name, setName] = useState('')
  const hasChosen = useRef(false)
  const q = typed.trim()
  const asked = useAsk(catalogue.people, { q }, { enabled: value === '' && q.length >= 2, keep: true })
  if (value !== '')
    return (
      <span className="chosen">
        {name === '' ? t('portal.chosenPerson') : name}{' '}
        <button
          type="button"
          className="small"
          ref={(button) => {
            // the list that had the focus is gone
            if (hasChosen.current) button?.focus()
            hasChosen.current = false
          }}
          onClick={() => set(null)}
        >
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
      <Unkept error={asked.error} again={() => void asked.refetch()} />
      {q.length >= 2 && asked.data !== undefined && (
        <ul className="choices">
          {asked.data.items.length === 0 && <li className="soft">{t('portal.nobody')}</li>}
          {asked.data.items.map((person) => (
            <li key={person.id}>
              <button
                type="button"
                onClick={() => {
                  hasChosen.current = true
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

function FileEntry({ field, value, update, wrong, onBusy }: EntryProps) {
  const [names, setNames] = useState<Record<string, string>>({})
  const filesOf = (given: Answers[string]): Uploaded[] =>
    (Array.isArray(given) ? given : []).map((id) => ({ id, name: names[id] ?? t('portal.file') }))
  return (
    <Files
      label={<Label field={field} />}
      help={field.help}
      wrong={wrong}
      required={field.required}
      value={filesOf(value)}
      onBusy={onBusy}
      onChange={(change) =>
        update((before) => {
          const next = change(filesOf(before))
          // a file that was there before keeps the name it has by now
          setNames((known) => ({ ...Object.fromEntries(next.map((file) => [file.id, file.name])), ...known }))
          return next.map((file) => file.id)
        })
      }
    />
  )
}
