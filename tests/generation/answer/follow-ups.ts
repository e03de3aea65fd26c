import type { EarlierTurn } from '../../../generation/answer/answer-event.ts';

/** A question that leans on what was said before, and what its completion must and must not hold. */
export interface LabelledFollowUp {
  history: EarlierTurn[];
  asked: string;
  /** Each stands in the completed question, whatever its capitals. */
  holds: string[];
  /** None of these does. */
  lacks: string[];
}

const turn = (standaloneQuestion: string, answer = ''): EarlierTurn => ({
  standaloneQuestion,
  answer,
});

const penicillin = turn(
  'Кто открыл пенициллин?',
  'Пенициллин открыл шотландский бактериолог Александр Флеминг [1]. Это случилось в Лондоне [2].',
);
const volga = turn('Какова длина Волги?', 'Длина Волги составляет 3530 километров [1].');
const baikal = turn('Где находится озеро Байкал?', 'Байкал лежит на юге Восточной Сибири [1].');
const tower = turn('Кто построил Эйфелеву башню?', 'Башню построил Гюстав Эйфель [1].');
const parameters = turn(
  'Сколько параметров у DeepSeek-V3?',
  'Модель насчитывает 671 млрд параметров [1].',
);
const gigaChat = turn('Что такое GigaChat?', 'GigaChat — это языковая модель Сбера [1].');
const capital = turn('Какова столица Франции?', 'Столица Франции — Париж [1].');
const pushkin = turn('Где родился Пушкин?', 'Александр Пушкин родился в Москве [1].');

export const russianFollowUps: LabelledFollowUp[] = [
  // A question word alone.
  {
    history: [penicillin],
    asked: 'а когда?',
    holds: ['когда', 'откры', 'пенициллин'],
    lacks: ['кто'],
  },
  { history: [penicillin], asked: 'Где?', holds: ['где', 'откры', 'пенициллин'], lacks: ['кто'] },
  {
    history: [tower],
    asked: 'а в каком году?',
    holds: ['в каком году', 'построи', 'башню'],
    lacks: ['кто'],
  },
  { history: [tower], asked: 'зачем', holds: ['зачем', 'построи', 'эйфелеву'], lacks: ['кто'] },
  {
    history: [pushkin],
    asked: 'А когда это было?',
    holds: ['когда', 'родился', 'Пушкин'],
    lacks: ['где', 'это'],
  },
  {
    history: [turn('Когда был основан Петербург?', 'Петербург основан в 1703 году [1].')],
    asked: 'а кем?',
    holds: ['кем', 'основан', 'Петербург'],
    lacks: ['когда'],
  },
  {
    history: [turn('В каком году вышел GPT-4?', 'GPT-4 вышел в 2023 году [1].')],
    asked: 'А почему?',
    holds: ['почему', 'вышел', 'GPT-4'],
    lacks: ['году'],
  },
  {
    history: [penicillin, turn('Когда открыли пенициллин?', 'Пенициллин открыли в 1928 году [1].')],
    asked: 'а где?',
    holds: ['где', 'открыли', 'пенициллин'],
    lacks: ['кто', 'когда'],
  },
  // The same question of something else.
  {
    history: [parameters],
    asked: 'а у DeepSeek-R1?',
    holds: ['сколько параметров', 'у DeepSeek-R1'],
    lacks: ['V3'],
  },
  { history: [parameters], asked: 'а R1?', holds: ['сколько параметров', 'R1'], lacks: ['V3'] },
  {
    history: [parameters],
    asked: 'А что насчёт GigaChat?',
    holds: ['сколько параметров', 'GigaChat'],
    lacks: ['DeepSeek', 'насчёт'],
  },
  { history: [capital], asked: 'а Германии?', holds: ['столица', 'Германии'], lacks: ['Франци'] },
  {
    history: [capital],
    asked: 'а население?',
    holds: ['население', 'Франции'],
    lacks: ['столица'],
  },
  {
    history: [
      turn('Кто победил на чемпионате мира в 2022 году?', 'Победила сборная Аргентины [1].'),
    ],
    asked: 'а в 2018?',
    holds: ['кто победил', 'чемпионате мира', 'в 2018 году'],
    lacks: ['2022'],
  },
  {
    history: [turn('Сколько жителей в Казани?', 'В Казани 1,3 млн жителей [1].')],
    asked: 'а в Самаре',
    holds: ['сколько жителей', 'в Самаре'],
    lacks: ['Казан'],
  },
  {
    history: [gigaChat],
    asked: 'а GigaCode?',
    holds: ['что такое', 'GigaCode'],
    lacks: ['GigaChat'],
  },
  { history: [volga], asked: 'а у Енисея?', holds: ['длина', 'Енисея'], lacks: ['Волг'] },
  {
    history: [turn('Сколько ног у паука?', 'У паука восемь ног [1].')],
    asked: 'а у осьминога?',
    holds: ['сколько ног', 'у осьминога'],
    lacks: ['паук'],
  },
  {
    history: [turn('Сколько человек живёт в Париже?', 'В Париже живёт 2,1 млн человек [1].')],
    asked: 'А в 1900 году?',
    holds: ['сколько человек', 'в Париже', 'в 1900 году'],
    lacks: [],
  },
  // A word that stands for something said before.
  {
    history: [penicillin],
    asked: 'когда он родился?',
    holds: ['когда', 'Александр Флеминг', 'родился'],
    lacks: ['он '],
  },
  {
    history: [parameters],
    asked: 'Чем она отличается от GPT-4?',
    holds: ['чем', 'DeepSeek-V3', 'отличается от GPT-4'],
    lacks: ['она'],
  },
  {
    history: [gigaChat],
    asked: 'сколько в нём параметров?',
    holds: ['сколько', 'в GigaChat', 'параметров'],
    lacks: ['нём'],
  },
  {
    history: [baikal],
    asked: 'Какова его глубина?',
    holds: ['какова', 'глубина', 'Байкал'],
    lacks: ['его'],
  },
  {
    history: [volga],
    asked: 'а куда она впадает?',
    holds: ['куда', 'Волга', 'впадает'],
    lacks: ['она'],
  },
  { history: [pushkin], asked: 'кто его убил?', holds: ['кто', 'Пушкин', 'убил'], lacks: ['его'] },
  {
    history: [capital],
    asked: 'сколько там жителей?',
    holds: ['сколько', 'Париж', 'жителей'],
    lacks: ['там'],
  },
  {
    history: [gigaChat],
    asked: 'а сколько стоит?',
    holds: ['сколько стоит', 'GigaChat'],
    lacks: ['что такое'],
  },
  // To go on.
  {
    history: [penicillin],
    asked: 'подробнее',
    holds: ['подробнее', 'кто открыл пенициллин'],
    lacks: [],
  },
  {
    history: [volga],
    asked: 'Расскажи подробнее, пожалуйста',
    holds: ['подробнее', 'длина Волги'],
    lacks: ['пожалуйста'],
  },
  { history: [gigaChat], asked: 'ещё', holds: ['что такое GigaChat'], lacks: [] },
];

const fleming = turn(
  'Who discovered penicillin?',
  'Penicillin was discovered by Alexander Fleming in 1928 [1].',
);
const eiffel = turn('How tall is the Eiffel Tower?', 'The Eiffel Tower is 330 metres tall [1].');
const experts = turn(
  'How many parameters does DeepSeek-V3 have?',
  'It has 671B parameters, of which 37B are active [1].',
);
const france = turn('What is the capital of France?', 'Paris is the capital of France [1].');
const novel = turn('Who wrote War and Peace?', 'War and Peace was written by Leo Tolstoy [1].');
const rwkv = turn('What is EagleX?', 'EagleX is a language model built on RWKV-v5 [1].');
const cheetah = turn('How fast is a cheetah?', 'A cheetah runs at up to 104 km/h [1].');

export const englishFollowUps: LabelledFollowUp[] = [
  // A question word alone.
  {
    history: [fleming],
    asked: 'and when?',
    holds: ['when', 'discovered', 'penicillin'],
    lacks: ['who'],
  },
  {
    history: [fleming],
    asked: 'Where?',
    holds: ['where', 'discovered', 'penicillin'],
    lacks: ['who'],
  },
  {
    history: [novel],
    asked: 'when was that?',
    holds: ['when', 'War and Peace'],
    lacks: ['who', 'that'],
  },
  {
    history: [novel],
    asked: 'In what year?',
    holds: ['in what year', 'War and Peace'],
    lacks: ['who'],
  },
  {
    history: [turn('When was the Berlin Wall built?', 'It was built in 1961 [1].')],
    asked: 'why?',
    holds: ['why was the Berlin Wall built'],
    lacks: ['when'],
  },
  {
    history: [turn('Where was Tesla born?', 'Nikola Tesla was born in Smiljan [1].')],
    asked: 'And when',
    holds: ['when was Tesla born'],
    lacks: ['where'],
  },
  {
    history: [turn('In which year did the Titanic sink?', 'The Titanic sank in 1912 [1].')],
    asked: 'where?',
    holds: ['where did the Titanic sink'],
    lacks: ['year'],
  },
  {
    history: [fleming, turn('When was penicillin discovered?', 'In 1928 [1].')],
    asked: 'and where?',
    holds: ['where was penicillin discovered'],
    lacks: ['who', 'when'],
  },
  // The same question of something else.
  {
    history: [experts],
    asked: 'what about R1?',
    holds: ['how many parameters', 'R1', 'have'],
    lacks: ['V3', 'what about'],
  },
  { history: [experts], asked: 'R1?', holds: ['how many parameters', 'R1'], lacks: ['V3'] },
  {
    history: [france],
    asked: 'and Germany?',
    holds: ['what is the capital of Germany'],
    lacks: ['France'],
  },
  {
    history: [france],
    asked: 'And the population?',
    holds: ['population', 'France'],
    lacks: ['capital'],
  },
  {
    history: [turn('Who won the World Cup in 2022?', 'Argentina won it [1].')],
    asked: 'and in 2018?',
    holds: ['who won the World Cup in 2018'],
    lacks: ['2022'],
  },
  {
    history: [cheetah],
    asked: 'how about a lion?',
    holds: ['how fast is a lion'],
    lacks: ['cheetah', 'about'],
  },
  {
    history: [fleming],
    asked: 'and insulin?',
    holds: ['who discovered insulin'],
    lacks: ['penicillin'],
  },
  {
    history: [turn('How many people live in Paris?', 'About 2.1 million [1].')],
    asked: 'and in London?',
    holds: ['how many people live in London'],
    lacks: ['Paris'],
  },
  {
    history: [turn('What is the boiling point of water?', 'Water boils at 100 °C [1].')],
    asked: 'and of alcohol?',
    holds: ['boiling point of alcohol'],
    lacks: ['water'],
  },
  {
    history: [turn('What is the population of Tokyo?', 'Tokyo has 14 million residents [1].')],
    asked: 'And in 1950?',
    holds: ['population of Tokyo in 1950'],
    lacks: [],
  },
  {
    history: [rwkv],
    asked: 'What about SmallThinker-3B-Preview?',
    holds: ['what is SmallThinker-3B-Preview'],
    lacks: ['EagleX'],
  },
  // A word that stands for something said before.
  {
    history: [eiffel],
    asked: 'how old is it?',
    holds: ['how old is the Eiffel Tower'],
    lacks: [' it'],
  },
  {
    history: [fleming],
    asked: 'When was he born?',
    holds: ['when was Alexander Fleming born'],
    lacks: [' he '],
  },
  { history: [experts], asked: 'who made it?', holds: ['who made DeepSeek-V3'], lacks: [' it'] },
  {
    history: [france],
    asked: 'how many people live there?',
    holds: ['how many people live in Paris'],
    lacks: ['there'],
  },
  { history: [rwkv], asked: 'what is its license?', holds: ['EagleX', 'license'], lacks: ['its'] },
  {
    history: [novel],
    asked: 'where did he die?',
    holds: ['where did Leo Tolstoy die'],
    lacks: [' he '],
  },
  {
    history: [experts],
    asked: 'How does it differ from GPT-4?',
    holds: ['how does DeepSeek-V3 differ from GPT-4'],
    lacks: [' it '],
  },
  {
    history: [turn('Who are the Beatles?', 'The Beatles were a band from Liverpool [1].')],
    asked: 'when did they break up?',
    holds: ['when did', 'Beatles', 'break up'],
    lacks: ['they'],
  },
  // To go on.
  { history: [fleming], asked: 'more', holds: ['who discovered penicillin'], lacks: [] },
  {
    history: [eiffel],
    asked: 'Tell me more, please',
    holds: ['how tall is the Eiffel Tower'],
    lacks: ['please'],
  },
  { history: [rwkv], asked: 'go on', holds: ['what is EagleX'], lacks: ['go on'] },
];
