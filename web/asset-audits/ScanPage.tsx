import { Button, FileInput, Group, Select, TextInput } from '@mantine/core'
import { IconScan } from '@tabler/icons-react'
import { useNetwork } from '@mantine/hooks'
import { useParams } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { type Audit, assetAudits } from '../../contract/asset-audits.ts'
import { conditions, type Condition } from '../../contract/custody.ts'
import { LocationField } from '../locations/LocationField.tsx'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import { Section } from '../ui/Facts.tsx'
import { later } from '../ui/later.tsx'
import { Page } from '../ui/Page.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { sentenceOf } from '../platform/failures.ts'
import classes from './Audits.module.css'
import { keepPage, type Kept } from './keep-page.ts'
import { auditsCrumb } from './tabs.tsx'
import { useKept } from './use-kept.ts'
import { type Scanner, useScanner } from './use-scanner.ts'
import { stateWords } from './words.tsx'

// the reader of codes is fetched by whoever opens the camera
const ScanDialog = later(async () => (await import('../ui/ScanDialog.tsx')).ScanDialog)

export default function ScanPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const asked = useAsk(assetAudits.show, { id })
  const person = useMe()?.person
  if (asked.data === undefined || person == null)
    return (
      <Page title={t('auditScan.title')} crumbs={[auditsCrumb()]}>
        {asked.error === null ? <Loading /> : <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />}
      </Page>
    )
  return <Scanning audit={asked.data} person={person.id} />
}

/** The place of whoever scans, by audit, also after a reload. */
function usePlace(audit: string): [string | null, (place: string | null) => void] {
  const key = `linchpin.audit-place.${audit}`
  const [place, setPlace] = useState(() => localStorage.getItem(key))
  return [
    place,
    (next) => {
      setPlace(next)
      if (next === null) localStorage.removeItem(key)
      else localStorage.setItem(key, next)
    },
  ]
}

/** Takes down what is there, with or without a network: made for a phone in a store room. */
function Scanning({ audit, person }: { audit: Audit; person: string }) {
  const scanner = useScanner(audit.id, person)
  const kept = useKept(() => keepPage(audit.id), audit.id)
  const [place, setPlace] = usePlace(audit.id)
  const { online } = useNetwork()
  return (
    <Page
      title={t('auditScan.title')}
      heading={audit.name}
      crumbs={[auditsCrumb(), { title: audit.name, to: paths.audit(audit.id) }]}
      figure={stateWords(audit)}
      shape="read"
    >
      <div className={classes['scanner']}>
        {audit.state === 'planned' && <p>{t('auditScan.planned')}</p>}
        {audit.state !== 'planned' && audit.state !== 'running' && <p>{t('auditScan.ended')}</p>}
        <Waiting scanner={scanner} online={online} />
        <LocationField
          label={t('auditScan.where')}
          description={t('auditScan.whereHelp')}
          value={place ?? (audit.scope.kind === 'location' ? audit.scope.id : null)}
          onChange={setPlace}
        />
        <CodeForm
          disabled={audit.state === 'planned'}
          onTake={async (given) =>
            scanner.take({ ...given, location: place ?? (audit.scope.kind === 'location' ? audit.scope.id : null) })
          }
        />
        <TakenHere scanner={scanner} />
        <p className="soft">{t(wordsKept[kept])}</p>
      </div>
    </Page>
  )
}

const wordsKept = {
  kept: 'auditScan.kept',
  keeping: 'auditScan.keeping',
  impossible: 'auditScan.notKept',
} as const satisfies Record<Kept, string>

/** What waits, in words; said to screen readers as it changes. */
function Waiting({ scanner, online }: { scanner: Scanner; online: boolean }) {
  const n = scanner.waiting.length
  return (
    <div role="status" className={n > 0 ? classes['waiting'] : classes['sent']} data-waiting={n}>
      {!online && <div>{t('auditScan.offline')}</div>}
      {n > 0 ? (
        <Group gap="xs" justify="space-between">
          <span>{t(scanner.sending ? 'auditScan.sending' : 'auditScan.waiting', { n })}</span>
          {online && !scanner.sending && (
            <Button size="compact-sm" variant="default" onClick={scanner.send}>
              {t('auditScan.sendNow')}
            </Button>
          )}
        </Group>
      ) : (
        <div>{t(scanner.sent.length > 0 ? 'auditScan.allSent' : 'auditScan.nothing')}</div>
      )}
      {n > 0 && scanner.failure !== null && <div>{t('auditScan.failed', { why: sentenceOf(scanner.failure) })}</div>}
      {scanner.others > 0 && <div>{t('auditScan.others', { n: scanner.others })}</div>}
    </div>
  )
}

interface Given {
  code: string
  condition: Condition | null
  note: string
  photo: File | null
}
const nothingMore = { condition: null, note: '', photo: null }

function CodeForm({ disabled, onTake }: { disabled: boolean; onTake: (given: Given) => Promise<void> }) {
  const [code, setCode] = useState('')
  const [more, setMore] = useState<Omit<Given, 'code'>>(nothingMore)
  const [scanning, scan] = useState(false)
  const [failed, fail] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const take = async (text: string): Promise<void> => {
    const plain = text.trim()
    if (plain === '') return
    try {
      await onTake({ code: plain.slice(0, 300), ...more })
      setCode('')
      setMore(nothingMore)
      fail(null)
      field.current?.focus()
    } catch (error) {
      // the device has no room: what was typed stays
      fail(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!disabled) void take(code)
      }}
    >
      <TextInput
        ref={field}
        label={t('auditScan.code')}
        description={t('auditScan.codeHelp')}
        autoComplete="off"
        autoCapitalize="characters"
        enterKeyHint="done"
        data-autofocus
        disabled={disabled}
        value={code}
        error={failed ?? undefined}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Group gap="xs" mt="xs">
        <Button type="submit" disabled={disabled || code.trim() === ''}>
          {t('auditScan.take')}
        </Button>
        <Button
          variant="default"
          disabled={disabled}
          leftSection={<IconScan size={15} aria-hidden />}
          onClick={() => scan(true)}
        >
          {t('auditScan.camera')}
        </Button>
      </Group>
      <details style={{ marginTop: 10 }}>
        <summary style={{ minHeight: 24, cursor: 'pointer' }}>{t('auditScan.more')}</summary>
        <Select
          label={t('auditScan.condition')}
          clearable
          placeholder={t('auditScan.conditionNone')}
          data={conditions.map((value) => ({ value, label: t(`custody.condition.${value}`) }))}
          value={more.condition}
          onChange={(condition) => setMore((before) => ({ ...before, condition }))}
        />
        <TextInput
          mt="xs"
          label={t('auditScan.note')}
          description={t('auditScan.noteHelp')}
          maxLength={500}
          value={more.note}
          onChange={(event) => {
            const note = event.currentTarget.value
            setMore((before) => ({ ...before, note }))
          }}
        />
        <FileInput
          mt="xs"
          label={t('auditScan.photo')}
          accept="image/*"
          clearable
          value={more.photo}
          onChange={(photo) => setMore((before) => ({ ...before, photo }))}
        />
      </details>
      {scanning && <ScanDialog onFound={(found) => void take(found)} onClose={() => scan(false)} />}
    </form>
  )
}

/** What this device took down: what waits first, then what the server said of the rest. */
function TakenHere({ scanner }: { scanner: Scanner }) {
  if (scanner.waiting.length + scanner.sent.length === 0) return null
  return (
    <Section title={t('auditScan.here')}>
      <ul className={classes['taken']}>
        {scanner.waiting.toReversed().map((scan) => (
          <li key={scan.id}>
            <span>{scan.code}</span>
            <span className="soft">{t('auditScan.result.waiting')}</span>
          </li>
        ))}
        {scanner.sent.map(({ scan, taken }) => (
          <li key={scan.id}>
            <span>
              {taken.asset?.tag ?? scan.code} <span className="soft">{taken.asset?.name}</span>
            </span>
            <span>{t(`auditScan.result.${taken.result}`)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
