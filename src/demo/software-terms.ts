/** The license agreement of an invented vendor; short, so that trying it takes no quarter of an hour. */
const eula = {
  en: `## 1. What you may do

You may install and use the software to the extent of the licenses that your organization holds, on as many devices, by as many users or on as many cores as they say.

## 2. What you may not do

You may not pass the software or its license keys on, rent them out, or take the software apart, except where the law allows it and no agreement can forbid it.

## 3. Copies

You may keep copies for backup. Each copy carries the same notices as the original.

## 4. Warranty and liability

This is the agreement of a demonstration: the files install nothing, and nothing is warranted. Nothing in it limits liability for intent or gross negligence.

## 5. End

The right to use the software ends with the license. Whoever breaks this agreement and does not stop when asked to loses it earlier.
`,
  fr: `## 1. Ce que vous pouvez faire

Vous pouvez installer et utiliser le logiciel dans la mesure des licences que détient votre organisation, sur autant d’appareils, par autant d’utilisateurs ou sur autant de cœurs qu’elles le disent.

## 2. Ce que vous ne pouvez pas faire

Vous ne pouvez ni transmettre ni louer le logiciel ou ses clés de licence, ni le démonter, sauf là où la loi le permet sans qu’un contrat puisse l’interdire.

## 3. Copies

Vous pouvez garder des copies de sauvegarde. Chaque copie porte les mêmes mentions que l’original.

## 4. Garantie et responsabilité

Ceci est le contrat d’une démonstration : les fichiers n’installent rien, et rien n’est garanti. Rien n’y limite la responsabilité en cas d’intention ou de faute lourde.

## 5. Fin

Le droit d’utiliser le logiciel prend fin avec la licence. Quiconque enfreint ce contrat et ne cesse pas après en avoir été prié le perd plus tôt.
`,
  'pt-BR': `## 1. O que você pode fazer

Você pode instalar e usar o software na medida das licenças da sua organização, em quantos dispositivos, por quantos usuários ou em quantos núcleos elas disserem.

## 2. O que você não pode fazer

Você não pode repassar nem alugar o software ou suas chaves de licença, nem desmontá-lo, salvo onde a lei permitir e nenhum contrato puder proibir.

## 3. Cópias

Você pode guardar cópias de segurança. Cada cópia leva os mesmos avisos do original.

## 4. Garantia e responsabilidade

Este é o contrato de uma demonstração: os arquivos não instalam nada, e nada é garantido. Nada nele limita a responsabilidade por dolo ou culpa grave.

## 5. Fim

O direito de usar o software acaba com a licença. Quem descumprir este contrato e não parar quando for avisado o perde antes.
`,
}

const export_statement = {
  en: 'I am not on a list of persons to whom this software may not be supplied, do not act for anybody who is, and will not take it where export law forbids it.',
  fr: 'Je ne figure sur aucune liste de personnes auxquelles ce logiciel ne peut être fourni, je n’agis pour aucune d’elles, et je ne l’emporterai pas là où le droit de l’exportation l’interdit.',
  'pt-BR':
    'Não estou em nenhuma lista de pessoas às quais este software não pode ser fornecido, não ajo por nenhuma delas e não o levarei aonde a lei de exportação o proíba.',
}

/** What the demo's downloads ask for, in every language. */
export const agreement = { eula, export_statement }
