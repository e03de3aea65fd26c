import { describe, expect, it } from 'vitest';

import { standaloneQuestion } from '../../../generation/answer/standalone-question.ts';
import { englishFollowUps, russianFollowUps } from './follow-ups.ts';

describe('a question that leans on what was said before', () => {
  it.each([...russianFollowUps, ...englishFollowUps])(
    '$history.0.standaloneQuestion + $asked',
    ({ history, asked, holds, lacks }) => {
      const { question, isFollowUp } = standaloneQuestion(asked, history);
      const folded = ` ${question.toLowerCase()} `;
      expect({ question, isFollowUp }).toMatchObject({ isFollowUp: true });
      for (const part of holds) expect(folded).toContain(part.toLowerCase());
      for (const part of lacks) expect(folded).not.toContain(part.toLowerCase());
    },
  );
});

describe('a completed question', () => {
  it.each([
    ['Кто открыл пенициллин?', 'а когда?', 'Когда открыли пенициллин?'],
    ['Кто изобрёл радио?', 'а где?', 'Где изобрели радио?'],
    ['Что такое Байкал?', 'а где?', 'Где находится Байкал?'],
    ['Какова длина Волги?', 'где?', 'Где находится Волга?'],
    ['Когда был основан Петербург?', 'кто?', 'Кем был основан Петербург?'],
    ['Когда открыли пенициллин?', 'а кто?', 'Кто открыл пенициллин?'],
    ['Сколько параметров у GPT-4?', 'почему?', 'Почему столько параметров у GPT-4?'],
    ['Какова столица Франции?', 'а население?', 'Каково население Франции?'],
    ['Сколько параметров у GPT-4?', 'а контекст?', 'Какой контекст у GPT-4?'],
    ['Какая погода в Москве?', 'а завтра?', 'Какая погода в Москве завтра?'],
    [
      'Когда началась Вторая мировая война?',
      'а закончилась?',
      'Когда закончилась Вторая мировая война?',
    ],
    ['Когда началась Вторая мировая война?', 'а Первая?', 'Когда началась Первая мировая война?'],
    [
      'Когда началась Вторая мировая война?',
      'сколько людей в ней погибло?',
      'Сколько людей во Второй мировой войне погибло?',
    ],
    ['Что такое COCONUT?', 'кто автор?', 'Кто автор COCONUT?'],
    ['Кто открыл пенициллин?', 'расскажи подробнее', 'Расскажи подробнее: кто открыл пенициллин?'],
    ['Who wrote Dracula?', 'when?', 'When was Dracula written?'],
    ['Who won the World Cup in 2022?', 'where?', 'Where was the World Cup won in 2022?'],
    ['When was Dracula written?', 'who?', 'By whom was Dracula written?'],
    ['Who owns Twitter?', 'why?', 'Who owns Twitter, and why?'],
    ['How many legs does a spider have?', 'why?', 'Why does a spider have so many legs?'],
    ['How fast is a cheetah?', 'why?', 'Why is a cheetah so fast?'],
    ['Who is the CEO of OpenAI?', 'what about Google?', 'Who is the CEO of Google?'],
    ['Why is the sky blue?', 'and on Mars?', 'Why is the sky blue on Mars?'],
    ['What is DeepSeek-V3?', 'compare it with R1', 'Compare DeepSeek-V3 with R1'],
    ['Какова глубина Байкала?', 'а его длина?', 'Какова длина Байкала?'],
    ['Как приготовить борщ?', 'а без мяса?', 'Как приготовить борщ без мяса?'],
    ['Что такое GRPO?', 'чем он лучше PPO?', 'Чем GRPO лучше PPO?'],
    ['What is GRPO?', 'why is it better than PPO?', 'Why is GRPO better than PPO?'],
    [
      'What languages does GigaChat support?',
      'what about its context?',
      "What is GigaChat's context?",
    ],
    ['Who discovered penicillin?', 'а когда?', 'When was penicillin discovered?'],
  ])('reads as one a person could ask: %s + %s', (earlier, asked, completed) => {
    const history = [{ standaloneQuestion: earlier, answer: '' }];
    expect(standaloneQuestion(asked, history)).toEqual({ question: completed, isFollowUp: true });
  });

  it('may stand for several things', () => {
    const history = [
      {
        standaloneQuestion: 'Who invented the telephone?',
        answer: 'Alexander Graham Bell invented the telephone [1].',
      },
    ];
    expect(standaloneQuestion('when did he invent it?', history).question).toBe(
      'When did Alexander Graham Bell invent the telephone?',
    );
  });

  const pair = {
    standaloneQuestion: 'Чем отличается DeepSeek-V3 от DeepSeek-R1?',
    answer: 'V3 отвечает сразу, R1 рассуждает [1].',
  };
  const planets = {
    standaloneQuestion: 'Какие планеты у Солнца?',
    answer: 'Меркурий, Венера, Земля, Марс и другие [1].',
  };
  const owners = {
    standaloneQuestion: 'Who are the two largest shareholders of Tesla?',
    answer: 'Elon Musk and Vanguard [1].',
  };
  it.each([
    [[owners], 'and the second one?', 'Vanguard: who are the two largest shareholders of Tesla?'],
    [[pair], 'а вторая?', 'DeepSeek-R1: чем отличается DeepSeek-V3 от DeepSeek-R1?'],
    [[pair], 'расскажи про первую', 'DeepSeek-V3: чем отличается DeepSeek-V3 от DeepSeek-R1?'],
    [[planets], 'расскажи о второй', 'Венера: какие планеты у Солнца?'],
    [
      [pair, turn('Сколько параметров у DeepSeek-V3?')],
      'а у той?',
      'Сколько параметров у DeepSeek-R1?',
    ],
    [
      [pair, turn('Сколько параметров у DeepSeek-R1?')],
      'а у другой?',
      'Сколько параметров у DeepSeek-V3?',
    ],
    [
      [turn('What is the largest lake in Russia?')],
      'and the second one?',
      'What is the second largest lake in Russia?',
    ],
    [
      [turn('Какое самое большое озеро России?')],
      'а третье?',
      'Какое третье самое большое озеро России?',
    ],
  ])('may mean one of several: %j + %s', (history, asked, completed) => {
    expect(standaloneQuestion(asked, history)).toEqual({ question: completed, isFollowUp: true });
  });

  it.each([
    [planets, 'какая из них самая большая?', 'Какие планеты у Солнца: какая из них самая большая?'],
    [turn('Кто открыл пенициллин?'), 'а второй?', 'Кто открыл пенициллин: второй?'],
    [turn('Какова длина Волги?'), 'а площадь бассейна?', 'Какова длина Волги: площадь бассейна?'],
    [turn('Когда вышел GPT-4?'), 'Это правда?', 'Когда вышел GPT-4: это правда?'],
    [turn('Какая модель точнее?'), 'а у той?', 'Какая модель точнее: у той?'],
    [turn('Who owns Twitter?'), 'and the other one?', 'Who owns Twitter: the other one?'],
  ])(
    'is asked behind the earlier one where no rule is sure: %j + %s',
    (earlier, asked, completed) => {
      expect(standaloneQuestion(asked, [earlier]).question).toBe(completed);
    },
  );

  it.each([
    ['Сколько стоил биткоин в 2023 году?', 'а эфир?', 'Сколько стоил эфир в 2023 году?'],
    ['Какое население Москвы?', 'А площадь?', 'Какая площадь Москвы?'],
    ['Сколько лет Путину?', 'а его жене?', 'Сколько лет жене Путина?'],
    ['Какова длина Волги?', 'а площадь?', 'Какова площадь Волги?'],
  ])('keeps its grammar: %s + %s', (earlier, asked, completed) => {
    expect(standaloneQuestion(asked, [turn(earlier)]).question).toBe(completed);
  });

  it('carries on through several turns', () => {
    const history = [{ standaloneQuestion: 'Кто открыл пенициллин?', answer: '' }];
    const asked = ['а когда?', 'а где?', 'а инсулин?', 'подробнее', 'ещё', 'а почему?'];
    const completed = asked.map((question) => {
      const made = standaloneQuestion(question, history);
      history.push({ standaloneQuestion: made.question, answer: '' });
      return made.question;
    });
    expect(completed).toEqual([
      'Когда открыли пенициллин?',
      'Где открыли пенициллин?',
      'Где открыли инсулин?',
      'Расскажи подробнее: где открыли инсулин?',
      'Расскажи подробнее: где открыли инсулин?',
      'Почему открыли инсулин?',
    ]);
  });
});

describe('what is left alone', () => {
  const history = [
    {
      standaloneQuestion: 'Кто открыл пенициллин?',
      answer: 'Пенициллин открыл Александр Флеминг [1].',
    },
  ];

  it.each([
    'Кто открыл инсулин?',
    'Какова длина Волги?',
    'Волга',
    'GigaChat',
    'Что такое Байкал?',
    'Сколько стоит подписка на GigaChat?',
    'Почему Тесла умер, когда он был один?',
    'Какая команда потеряла своего тренера?',
    'спасибо',
    'Как испечь хлеб?',
    'Можно ли есть снег?',
    'Океан глубокий?',
    'Где находится Байкал?',
    'где находится байкал?',
    'Когда вышел Шакал?',
    'Who discovered insulin?',
    'Where do people drink tea?',
    'Who lost his life in the Alps?',
    'Which country lost its colonies?',
    'How long does it take to bake bread?',
    'Is it possible to fly?',
    'Why is it important to sleep well?',
    'How many rivers are there in Russia?',
    'Other than his work, what was Tesla famous for?',
    'When did Tesla say he would leave?',
    'What time is it in Moscow?',
    'О чём https://a.example/x?',
    'Как это https://a.example/x работает?',
  ])('a question with content of its own: %s', (question) => {
    expect(standaloneQuestion(question, history)).toEqual({ question, isFollowUp: false });
  });

  it.each(['а когда?', 'подробнее', 'Сколько ему лет?', 'а R1?', ''])(
    'whatever has nothing before it: %s',
    (question) => {
      const nothing = { question, isFollowUp: false };
      expect(standaloneQuestion(question, [])).toEqual(nothing);
      const wordless = [{ standaloneQuestion: '?', answer: '' }];
      expect(standaloneQuestion(question, wordless)).toEqual(nothing);
    },
  );

  it('what stands further back than three turns', () => {
    const asked = ['Где родился Пушкин?', 'Почему?', 'Зачем?', 'Как?'];
    const far = asked.map((standaloneQuestion) => ({ standaloneQuestion, answer: '' }));
    expect(standaloneQuestion('когда он умер?', far.slice(0, 3)).question).toBe(
      'Когда Пушкин умер?',
    );
    expect(standaloneQuestion('когда он умер?', far).isFollowUp).toBe(false);
  });
});

it('takes no longer for a conversation that was made to be slow', () => {
  for (const unit of ['а ', '«', 'Ab', '« »', 'у Б ', 'of A ', '[1', ', ', 'и ']) {
    const long = unit.repeat(1000);
    const history = Array.from({ length: 3 }, () => ({ standaloneQuestion: long, answer: long }));
    const startedAt = performance.now();
    for (const question of ['а когда?', 'а R1?', 'когда он родился?', unit.repeat(150)]) {
      standaloneQuestion(question, history);
    }
    expect(performance.now() - startedAt).toBeLessThan(1000);
  }
});

function turn(standaloneQuestion: string) {
  return { standaloneQuestion, answer: '' };
}
