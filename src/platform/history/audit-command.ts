import { parseArgs } from 'node:util'
import type { Command, CommandIo } from '../command.ts'
import type { Services } from '../services.ts'
import { checkpointHistory } from './checkpoint-history.ts'
import { type HistoryProblem, type KeptCheckpoint, verifyHistory } from './verify-history.ts'

const usage = `Usage: keyport audit verify [--checkpoint NUMBER:MAC]
       keyport audit checkpoint

verify walks the history of every license and finds lines that were changed, removed, inserted or reordered, and
checkpoints that do not agree with it. With --checkpoint it also compares one that was printed before. Exit code 1
when something is wrong; each line of output says what.

checkpoint notes how far each history has come, as a job does every night, and prints NUMBER:MAC. Keep that where
nobody can change it who can change the database: it proves that nothing was cut off the end together with its
checkpoints.
`

/** `keyport audit`: whether history is whole. */
export const auditCommand: Command = async (services, argv, io) => {
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true })
  if (values.help) {
    io.stdout.write(usage)
    return 0
  }
  const [action, ...rest] = positionals
  const kept = values.checkpoint === undefined ? undefined : readKept(values.checkpoint)
  if (rest.length === 0 && action === 'verify' && kept !== null) return verify(services, kept, io)
  if (rest.length === 0 && action === 'checkpoint' && kept === undefined) return checkpoint(services, io)
  io.stderr.write(usage)
  return 2
}

const options = { checkpoint: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const

function readKept(text: string): KeptCheckpoint | null {
  const [, number, mac] = /^([1-9]\d{0,8}):([0-9a-f]{64})$/i.exec(text.trim()) ?? []
  return number && mac ? { number: Number(number), mac: Buffer.from(mac, 'hex') } : null
}

async function checkpoint(services: Services, io: CommandIo): Promise<number> {
  const { number, mac, histories } = await checkpointHistory(services)
  io.stderr.write(`checkpoint ${number}: ${histories} histories grew since the one before\n`)
  io.stdout.write(`${number}:${mac.toString('hex')}\n`)
  return 0
}

async function verify(services: Services, kept: KeptCheckpoint | undefined, io: CommandIo): Promise<number> {
  const verifying = verifyHistory(services, kept)
  let problems = 0
  for (;;) {
    const { done, value } = await verifying.next()
    if (done) {
      const { lines, checkpoints } = value
      io.stdout.write(`${lines} lines and ${checkpoints} checkpoints read, ${problems} problems found\n`)
      return problems > 0 ? 1 : 0
    }
    io.signal.throwIfAborted()
    problems += 1
    io.stdout.write(`${describeProblem(value)}\n`)
  }
}

/** One line for whoever has to find out what happened. */
function describeProblem(problem: HistoryProblem): string {
  if ('license_id' in problem) return `license ${problem.serial ?? problem.license_id}: ${describeLine(problem)}`
  const checkpoint = `checkpoint ${problem.checkpoint}`
  if (problem.kind === 'checkpoint_missing') return `${checkpoint} is missing`
  if (problem.kind === 'checkpoint_differs') return `${checkpoint} is not the one that was printed`
  return `${checkpoint} was changed, or SECRET is not the one that it was made with`
}

function describeLine(problem: Extract<HistoryProblem, { chain_number: number }>): string {
  const number = problem.chain_number
  switch (problem.kind) {
    case 'changed':
      return `line ${number} (${problem.action}, ${problem.at.toISOString()}) was changed, or is not in its place`
    case 'missing': {
      const [first, last] = [problem.after + 1, number - 1]
      return first === last ? `line ${first} is missing` : `lines ${first} to ${last} are missing`
    }
    case 'inserted':
      return `a second line ${number} was inserted`
    case 'shortened':
      return `ended with line ${number} at checkpoint ${problem.checkpoint}; ${problem.left} lines are left`
    case 'rewritten':
      return `the lines up to ${number} were written anew after checkpoint ${problem.checkpoint}`
  }
}
