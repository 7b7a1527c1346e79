import { useState } from 'react'
import { ratings, type Rating } from '../../contract/ratings.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { Failure } from './kit.tsx'

const marks = [1, 2, 3, 4, 5] as const

/** One question once it is solved: how was it? Shown to whoever it was for, while it can be said. */
export function Rate({ ticket }: { ticket: string }) {
  const asked = useAsk(ratings.show, { id: ticket })
  const { data } = asked
  if (data === undefined || (data.refusals['rate'] !== null && data.score === null)) return null
  return <Marks rating={data} key={`${data.score} ${data.words}`} />
}

function Marks({ rating }: { rating: Rating }) {
  const act = useAct(ratings.rate)
  const [score, setScore] = useState(rating.score)
  const [words, setWords] = useState(rating.words)
  const mayRate = rating.refusals['rate'] === null
  const isSame = score === rating.score && words === rating.words
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault()
        if (score !== null) act.mutate({ id: rating.ticket.id, score, words })
      }}
    >
      <fieldset disabled={!mayRate}>
        <legend>{t('portal.howWasIt')}</legend>
        <div className="marks">
          {marks.map((mark) => (
            <label key={mark}>
              <input type="radio" name="mark" checked={score === mark} onChange={() => setScore(mark)} />
              <span>{mark}</span> <span className="label">{t(`portal.mark.${mark}`)}</span>
            </label>
          ))}
        </div>
        {score !== null && (
          <label>
            {t('portal.inWords')}
            <textarea
              rows={2}
              maxLength={2000}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
          </label>
        )}
      </fieldset>
      <Failure error={act.error} />
      {rating.score !== null && isSame && <p role="status">{t('portal.thanks')}</p>}
      {score !== null && mayRate && !isSame && (
        <div className="verbs">
          <button type="submit" className="primary" disabled={act.isPending}>
            {t('portal.send')}
          </button>
        </div>
      )}
    </form>
  )
}
