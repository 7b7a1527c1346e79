import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { tickets } from '../../contract/tickets.ts'
import { useAddress } from '../platform/address.ts'
import { useDraft } from '../platform/drafts.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct } from '../platform/query.ts'
import { asHtml } from './as-html.ts'
import { useDevices } from './devices.tsx'
import { Files, type Uploaded, useStoring } from './Files.tsx'
import { Failure, Sheet, Unkept } from './kit.tsx'

/** Something does not work, or is not in the catalogue: said in one's own words. */
export default function AskPage() {
  const [address] = useAddress()
  const navigate = useNavigate()
  const devices = useDevices()
  const begun = { title: address['title'] ?? '', words: '', about: address['about'] ?? '' }
  // what was begun about one thing does not stand in the way of asking about another
  const name = ['portal-ask', begun.title, begun.about].filter((part) => part !== '').join(':')
  const [draft, keep, drop] = useDraft(name, begun)
  const [files, setFiles] = useState<Uploaded[]>([])
  const [isStoring, onBusy] = useStoring()
  const act = useAct(tickets.open, { onDone: drop })
  const { title, words, about } = draft
  return (
    <Sheet title={t('portal.ask')} back={{ to: paths.portal, title: t('portal.title') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isStoring) return
          act.mutate(
            {
              title,
              description: asHtml(words),
              attachments: files.map((file) => file.id),
              ...(about === '' ? {} : { assets: [about] }),
            },
            { onSuccess: (made) => void navigate({ to: paths.portalRequest(made.reference) }) },
          )
        }}
      >
        <label>
          {t('portal.askTitle')}
          <input
            required
            maxLength={255}
            value={title}
            onChange={(event) => keep({ ...draft, title: event.currentTarget.value })}
          />
        </label>
        <label>
          {t('portal.askWords')}
          <textarea rows={5} value={words} onChange={(event) => keep({ ...draft, words: event.currentTarget.value })} />
        </label>
        <Unkept error={devices.error} again={() => void devices.refetch()} />
        {devices.options.length > 0 && (
          <label>
            {t('portal.askAbout')}
            <select value={about} onChange={(event) => keep({ ...draft, about: event.currentTarget.value })}>
              <option value="">{t('portal.noDevice')}</option>
              {devices.options}
            </select>
          </label>
        )}
        <Files value={files} onChange={setFiles} onBusy={onBusy} />
        <Failure error={act.error} />
        <div className="verbs">
          <button type="submit" className="primary" disabled={act.isPending || isStoring || title.trim() === ''}>
            {t('portal.askSend')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}
