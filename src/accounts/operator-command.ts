import { randomInt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { operatorRoles, systemActor } from '../platform/actor.ts'
import type { Command, CommandIo } from '../platform/command.ts'
import type { Services } from '../platform/services.ts'
import { createOperator } from './create-operator.ts'
import { resetSecondFactor } from './reset-second-factor.ts'
import { isHardToGuess } from './rules.ts'
import { passwordLength } from './schemas.ts'

const usage = `Usage: keyport operator create --email EMAIL --name NAME --role ROLE [--password-file FILE]
       keyport operator reset-second-factor --email EMAIL

create makes one of the vendor's staff. ROLE is one of: ${operatorRoles.join(', ')}.
The password is the first line of FILE; without one, a password is made and shown once.

reset-second-factor is for whoever lost authenticator app, backup codes and passkeys, operator or customer: they are
removed and all sessions end, so that the password alone signs in. Make sure first who asks; the owner gets a mail.
`

const inputSchema = z
  .object({
    email: z.string('--email is missing').trim().toLowerCase().max(254).pipe(z.email('--email is no e-mail address')),
    name: z.string('--name is missing').trim().min(1, '--name is empty').max(200),
    role: z.enum(operatorRoles, `--role is one of ${operatorRoles.join(', ')}`),
    password: z
      .string()
      .min(passwordLength.min, `the password needs at least ${passwordLength.min} characters`)
      .max(passwordLength.max, `the password has more than ${passwordLength.max} characters`),
  })
  .refine((input) => isHardToGuess(input.password, [input.email, input.name]), 'the password is too easy to guess')

/** `keyport operator create` is the only way to the first operator; the rest helps people who are locked out. */
export const operatorCommand: Command = async (services, argv, io) => {
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true })
  if (values.help) {
    io.stdout.write(usage)
    return 0
  }
  if (positionals.join(' ') === 'reset-second-factor') return reset(services, values.email ?? '', io)
  if (positionals.join(' ') !== 'create') return wrong(io, [usage])
  const file = values['password-file']
  const password = file === undefined ? makePassword() : await firstLineOf(resolve(io.cwd, file))
  const input = inputSchema.safeParse({ ...values, password })
  if (!input.success)
    return wrong(
      io,
      input.error.issues.map(({ message }) => `keyport: ${message}\n`),
    )

  const result = await createOperator(services.db, systemActor('command line'), input.data)
  if (!result.ok) {
    io.stderr.write(`keyport: ${input.data.email} is an operator already\n`)
    return 1
  }
  io.stdout.write(`${input.data.email} is an operator now (${input.data.role})\n`)
  if (result.password === 'kept') io.stdout.write('the login existed before and keeps its password\n')
  else if (file === undefined) io.stdout.write(`password: ${password}\n`)
  return 0
}

async function reset(services: Services, email: string, io: CommandIo): Promise<number> {
  if (!(await resetSecondFactor(services, systemActor('command line'), email))) {
    io.stderr.write(`keyport: nobody has the user name ${email}\n`)
    return 1
  }
  io.stdout.write(`${email} signs in with the password alone now\n`)
  return 0
}

const options = {
  email: { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string' },
  'password-file': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

function wrong(io: CommandIo, lines: string[]): number {
  for (const line of lines) io.stderr.write(line)
  return 2
}

async function firstLineOf(file: string): Promise<string> {
  const [line = ''] = (await readFile(file, 'utf8')).split(/\r?\n/)
  return line
}

/** Four groups of five characters that nobody mistakes for each other: 98 bits. */
function makePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: 4 }, group).join('-')
}
