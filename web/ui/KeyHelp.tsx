import { Modal } from '@mantine/core'
import { t } from '../platform/i18n.ts'
import { useKeyLayers } from '../platform/keys.ts'
import classes from './KeyHelp.module.css'

/** All keys that work here, from what the page has declared. */
export function KeyHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const layers = useKeyLayers()
  return (
    <Modal opened={opened} onClose={onClose} title={t('keys.title')} size="lg">
      <div className={classes['layers']}>
        {[...layers].reverse().map((layer) => (
          <section key={layer.title}>
            <h3 className={classes['heading']}>{layer.title}</h3>
            <dl className={classes['list']}>
              {layer.bindings
                .filter((binding) => binding.off !== true)
                .map((binding) => (
                  <div key={binding.keys} className={classes['entry']}>
                    <dt>
                      {binding.keys.split('|').map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </dt>
                    <dd>{binding.label}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
