'use strict';

// What the clients yield for one answer, of which “第一句。” and “Second.” are the text: as their documentation shows it.

/** @param {object} delta @param {object} [more] */
const chat = (delta, more = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1764000000,
  model: 'a-model',
  choices: [{ index: 0, delta, finish_reason: null, ...more }],
});

const chatCompletions = [
  { id: '', object: 'chat.completion.chunk', choices: [], prompt_filter_results: [] },
  chat({ role: 'assistant', content: '' }),
  chat({ reasoning_content: 'what do they want?' }),
  chat({ content: '第一句。' }),
  chat({ content: null, tool_calls: [{ index: 0, function: { name: 'look', arguments: '{}' } }] }),
  { ...chat({ content: 'another answer' }), choices: [{ index: 1, delta: { content: 'another answer' } }] },
  chat({ content: 'Second.' }),
  chat({}, { finish_reason: 'stop' }),
  { id: 'chatcmpl-1', object: 'chat.completion.chunk', choices: [], usage: { total_tokens: 9 } },
];

const responses = [
  { type: 'response.created', response: { id: 'resp_1', status: 'in_progress' } },
  { type: 'response.output_item.added', output_index: 0, item: { type: 'reasoning', summary: [] } },
  { type: 'response.reasoning_summary_text.delta', output_index: 0, delta: 'what do they want?' },
  { type: 'response.output_item.added', output_index: 1, item: { type: 'message', content: [] } },
  { type: 'response.output_text.delta', output_index: 1, delta: '第一' },
  { type: 'response.output_text.delta', output_index: 1, delta: '句。' },
  { type: 'response.output_text.done', output_index: 1, text: '第一句。' },
  { type: 'response.function_call_arguments.delta', output_index: 2, delta: '{"city":' },
  { type: 'response.output_text.delta', output_index: 1, delta: 'Second.' },
  { type: 'response.invented_later', delta: 'no text' },
  { type: 'response.completed', response: { status: 'completed' } },
];

const block = (index, content_block) => ({ type: 'content_block_start', index, content_block });
const delta = (index, of) => ({ type: 'content_block_delta', index, delta: of });

const messages = [
  { type: 'message_start', message: { id: 'msg_1', role: 'assistant', content: [] } },
  { type: 'ping' },
  block(0, { type: 'thinking', thinking: '' }),
  delta(0, { type: 'thinking_delta', thinking: 'what do they want?' }),
  delta(0, { type: 'signature_delta', signature: 'c2ln' }),
  block(1, { type: 'text', text: '' }),
  delta(1, { type: 'text_delta', text: '第一句。' }),
  delta(1, { type: 'citations_delta', citation: { cited_text: 'no text' } }),
  block(2, { type: 'text', text: '' }),
  delta(2, { type: 'text_delta', text: 'Second.' }),
  { type: 'content_block_stop', index: 2 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } },
  { type: 'message_stop' },
];

const aiSdk = [
  { type: 'start' },
  { type: 'start-step', request: {}, warnings: [] },
  { type: 'reasoning-start', id: 'r' },
  { type: 'reasoning-delta', id: 'r', text: 'what do they want?' },
  { type: 'text-start', id: 't' },
  { type: 'text-delta', id: 't', text: '第一句。' },
  { type: 'source', sourceType: 'url', url: 'https://example.com', title: 'no text' },
  { type: 'raw', rawValue: { text: 'no text' } },
  { type: 'text-delta', id: 't', text: 'Second.' },
  { type: 'text-end', id: 't' },
  { type: 'finish-step', finishReason: 'stop' },
  { type: 'finish', finishReason: 'stop' },
];

const aiSdk4 = [
  { type: 'step-start', messageId: 'm' },
  { type: 'text-delta', textDelta: '第一句。' },
  { type: 'text-delta', textDelta: 'Second.' },
  { type: 'finish', finishReason: 'stop' },
];

module.exports = { aiSdk, aiSdk4, block, chat, chatCompletions, delta, messages, responses };
