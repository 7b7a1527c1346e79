import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { custodies } from '../../contract/custody.ts'
import { tickets } from '../../contract/tickets.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { asHtml } from './as-html.ts'
import { Files, type Uploaded } from './Files.tsx'
import { Asked, Failure, Sheet } from './kit.tsx'

/** Something does not work, or is not in the catalogue: said in one's own words. */
export default function AskPage() {
  const [address] = useAddress()
  const navigate = useNavigate()
  const act = useAct(tickets.open)
  const things = useAsk(custodies.mine, {})
  const [title, setTitle] = useState(address['title'] ?? '')
  const [words, setWords] = useState('')
  const [about, setAbout] = useState(address['about'] ?? '')
  const [files, setFiles] = useState<Uploaded[]>([])
  return (
    <Sheet title={t('portal.ask')} back={{ to: paths.portal, title: t('portal.title') }}>
      <Asked question={things}>
        {({ items }) => (
          <form
            onSubmit={(event) => {
              event.preventDefault()
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
              <input required maxLength={255} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
            </label>
            <label>
              {t('portal.askWords')}
              <textarea rows={5} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
            </label>
            {items.some((c) => c.asset !== null && c.ended === null) && (
              <label>
                {t('portal.askAbout')}
                <select value={about} onChange={(event) => setAbout(event.currentTarget.value)}>
                  <option value="">{t('portal.noDevice')}</option>
                  {items.flatMap((c) =>
                    c.asset === null || c.ended !== null
                      ? []
                      : [
                          <option key={c.id} value={c.asset.id}>
                            {`${c.asset.tag} ${c.asset.name}`.trim()}
                          </option>,
                        ],
                  )}
                </select>
              </label>
            )}
            <Files value={files} onChange={setFiles} />
            <Failure error={act.error} />
            <div className="verbs">
              <button type="submit" className="primary" disabled={act.isPending || title.trim() === ''}>
                {t('portal.askSend')}
              </button>
            </div>
          </form>
        )}
      </Asked>
    </Sheet>
  )
}
