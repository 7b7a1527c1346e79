import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { portal } from '../../contract/portal.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import { ApprovalCards } from './approval-cards.tsx'
import { LiveIncidents } from './incidents.tsx'
import { Asked, Sheet } from './kit.tsx'
import { Requests } from './progress.tsx'
import { Services } from './services.tsx'

/** The first page: search, what waits for the reader, their requests, what people order most. */
export default function HomePage() {
  const asked = useAsk(portal.home, {})
  const [typed, type] = useState('')
  const q = typed.trim()
  const name = useMe()?.person?.name.split(' ')[0]
  return (
    <Sheet title={name === undefined ? t('portal.title') : t('portal.hello', { name })}>
      <LiveIncidents />
      <label className="search">
        <span className="unseen">{t('portal.search')}</span>
        <input
          type="search"
          placeholder={t('portal.search')}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
        />
      </label>
      {q.length >= 2 ? (
        <Found q={q} />
      ) : (
        <Asked question={asked}>
          {(home) => (
            <>
              <Waiting home={home} />
              {home.requests.length > 0 && (
                <section aria-label={t('portal.requests')}>
                  <h2>{t('portal.requests')}</h2>
                  <Requests items={home.requests} />
                  <Link to={paths.portalRequests}>{t('portal.allRequests')}</Link>
                </section>
              )}
              <section aria-label={t('portal.services')}>
                <h2>{t('portal.services')}</h2>
                <Services items={home.services} />
                <p>
                  <Link to={paths.portalServices}>{t('portal.allServices')}</Link>
                </p>
                <Link to={paths.portalAsk} className="button">
                  {t('portal.ask')}
                </Link>
              </section>
            </>
          )}
        </Asked>
      )}
    </Sheet>
  )
}

type Home = Parameters<Parameters<typeof Asked<(typeof portal.home)['output']['_output']>>[0]['children']>[0]

/** What waits for the reader: decisions, questions, whether it is solved, terms, checks. */
function Waiting({ home }: { home: Home }) {
  const { approvals, questions, confirmations, terms, checks } = home
  if (approvals.items.length + questions.length + confirmations.length + terms + checks === 0)
    return <p className="soft">{t('portal.nothingWaits')}</p>
  return (
    <section aria-label={t('portal.waiting')}>
      <h2>{t('portal.waiting')}</h2>
      <ApprovalCards items={approvals.items} />
      {approvals.more && <Link to={paths.portalApprovals}>{t('portal.allApprovals')}</Link>}
      <ul className="cards">
        {questions.map((r) => (
          <li key={r.id}>
            <Link to={paths.portalRequest(r.reference)}>
              <b>{t('portal.question', { title: r.title })}</b>
              <span className="label">{r.reference}</span>
            </Link>
          </li>
        ))}
        {confirmations.map((r) => (
          <li key={r.id}>
            <Link to={paths.portalRequest(r.reference)}>
              <b>{t('portal.isSolved', { title: r.title })}</b>
              <span className="label">{r.reference}</span>
            </Link>
          </li>
        ))}
        {terms > 0 && (
          <li>
            <a href={paths.myThings}>
              <b>{t('portal.terms', { n: terms })}</b>
            </a>
          </li>
        )}
        {checks > 0 && (
          <li>
            <a href={paths.myCheck}>
              <b>{t('portal.checks')}</b>
            </a>
          </li>
        )}
      </ul>
    </section>
  )
}

/** What was found: what can be ordered, own requests, own devices. */
function Found({ q }: { q: string }) {
  const asked = useAsk(portal.search, { q }, { keep: true })
  return (
    <Asked question={asked}>
      {({ services, requests, devices }) => (
        <div aria-live="polite">
          {services.length + requests.length + devices.length === 0 && (
            <p className="soft">{t('portal.nothingFound', { q })}</p>
          )}
          {services.length > 0 && (
            <section>
              <h2>{t('portal.services')}</h2>
              <Services items={services} />
            </section>
          )}
          {requests.length > 0 && (
            <section>
              <h2>{t('portal.requests')}</h2>
              <Requests items={requests} />
            </section>
          )}
          {devices.length > 0 && (
            <section>
              <h2>{t('myThings.title')}</h2>
              <ul className="cards">
                {devices.map((device) => (
                  <li key={device.id}>
                    <a href={paths.myThing(device.tag)}>
                      <b>{device.name || device.tag}</b>
                      <span className="label">{device.tag}</span>
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <Link to={`${paths.portalAsk}?title=${encodeURIComponent(q)}`} className="button">
            {t('portal.askThis')}
          </Link>
        </div>
      )}
    </Asked>
  )
}
