/** Scenarios: each applied, and taken back, with one click. */

import { useState } from 'preact/hooks'
import { type AnswerTo, call } from '../../lib/api.js'
import { useResource } from '../../lib/resource.js'
import { ActionButton } from '../../parts/button.js'
import { Field } from '../../parts/form.js'
import { readNumber } from '../../parts/json.js'
import { Badge, Failure } from '../../parts/text.js'
import { t } from '../../words/index.js'

type Scenario = AnswerTo<'GET /scenarios'>[number]

/** What somebody has written for a parameter, as the parameter's own kind. */
const sentFor = (text: string, usual: unknown): unknown => (typeof usual === 'number' ? readNumber(text) : text)

function Card({ name, description, parameters, source, inForce, problem }: Scenario) {
  const [changed, setChanged] = useState<Readonly<Record<string, string>>>({})
  const values = Object.fromEntries(Object.entries(changed).map(([each, text]) => [each, sentFor(text, parameters[each])]))
  return (
    <li class={`card scenario ${inForce ? 'on' : ''}`}>
      <div class="card-head">
        <h3>
          {name} {source === 'own' && <Badge>{t('scenarios.own')}</Badge>} {inForce && <Badge tone="warn">{t('scenarios.inForce')}</Badge>}
        </h3>
        {inForce ? (
          <ActionButton
            class="small"
            run={() => call('DELETE /scenarios/{name}', { params: { name } })}
            done={t('scenarios.ended', { name })}
            aria-label={`${t('scenarios.end')}: ${name}`}
          >
            {t('scenarios.end')}
          </ActionButton>
        ) : (
          <ActionButton
            class="small"
            disabled={problem !== undefined}
            run={() => call('POST /scenarios/{name}', { params: { name }, body: values as never })}
            done={t('scenarios.applied', { name })}
            aria-label={`${t('scenarios.apply')}: ${name}`}
          >
            {t('scenarios.apply')}
          </ActionButton>
        )}
      </div>
      <p class="muted">{problem ?? description}</p>
      {!inForce && Object.keys(parameters).length > 0 && (
        <div class="row parameters">
          {Object.entries(parameters).map(([each, usual]) => (
            <Field
              key={each}
              label={each}
              value={changed[each] ?? String(usual)}
              onValue={(text) => setChanged({ ...changed, [each]: text })}
            />
          ))}
        </div>
      )}
    </li>
  )
}

export function Scenarios() {
  const { value: scenarios, error, reload } = useResource((signal) => call('GET /scenarios', { signal }), [], ['faults', 'state'])
  return (
    <section class="scenarios">
      <header class="card-head">
        <h2>{t('scenarios.title')}</h2>
        <p class="muted">{t('scenarios.help')}</p>
      </header>
      {error && <Failure error={error} retry={reload} />}
      <ul class="columns">
        {scenarios?.map((each) => (
          <Card key={each.name} {...each} />
        ))}
      </ul>
    </section>
  )
}
