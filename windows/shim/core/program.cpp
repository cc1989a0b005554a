#include "program.h"

bool skipValue(Reader& reader, uint32_t slots, bool mayBeSlot, uint32_t depth) {
  switch (static_cast<Tag>(reader.u8())) {
    case Tag::Null:
    case Tag::False:
    case Tag::True:
      break;
    case Tag::Int:
      reader.varint();
      break;
    case Tag::Double:
    case Tag::Date:
      reader.take(8);
      break;
    case Tag::Error:
    case Tag::Object:
      reader.take(4);
      break;
    case Tag::Text:
      reader.take(static_cast<size_t>(reader.varint()) * 2);
      break;
    case Tag::Bytes:
      reader.take(reader.varint());
      break;
    case Tag::Slot:
      if (!mayBeSlot || reader.varint() >= slots) reader.fail();
      break;
    case Tag::List: {
      const uint32_t count = reader.varint();
      if (depth >= kMostValueDepth || count > reader.left()) reader.fail();
      for (uint32_t at = 0; at < count && reader.ok(); at++) skipValue(reader, slots, mayBeSlot, depth + 1);
      break;
    }
    default:
      reader.fail();
  }
  return reader.ok();
}

bool Program::tooMuch() {
  why_ = Refusal::TooMuch;
  return false;
}

uint32_t Program::slot(Reader& reader) {
  const uint32_t number = reader.varint();
  if (number >= slots) reader.fail();
  return number;
}

bool Program::parseNames(Reader& reader) {
  const uint32_t count = reader.varint();
  if (count > reader.left()) reader.fail();
  for (uint32_t at = 0; at < count && reader.ok(); at++) {
    const uint32_t units = reader.varint();
    if (units == 0 || units > kMostNameUnits) reader.fail();
    const Name name = {reader.at(), units};
    reader.take(static_cast<size_t>(units) * 2);
    if (reader.ok() && !names.push(name)) {
      why_ = Refusal::NoMemory;
      return false;
    }
  }
  return reader.ok();
}

bool Program::parseEach(Reader& reader, Step step, uint32_t depth) {
  if (depth >= kMostDepth) return tooMuch();
  step.on = slot(reader);
  step.as = slot(reader);
  const uint32_t most = reader.varint();
  step.most = most == 0 ? kNoMost : most - 1;
  step.count = reader.varint();
  if (step.count > reader.left()) reader.fail();
  step.bytes = reader.at();
  for (uint32_t at = 0; at < step.count && reader.ok(); at++) slot(reader);
  const uint32_t inner = reader.varint();
  if (!reader.ok()) return false;
  const size_t own = steps.size();
  if (!steps.push(step)) {
    why_ = Refusal::NoMemory;
    return false;
  }
  if (!parseSteps(reader, inner, depth + 1, step.outer)) return false;
  steps[own].end = static_cast<uint32_t>(steps.size());
  return true;
}

bool Program::parseStep(Reader& reader, uint32_t depth, uint32_t outer) {
  const uint8_t head = reader.u8();
  Step step = {};
  step.op = static_cast<StepOp>(head & kStepMask);
  step.flags = head & ~kStepMask;
  step.outer = outer;
  if ((step.flags & ~(kOptional | kHasAs)) != 0) reader.fail();
  if (step.op == StepOp::Each) return reader.ok() && step.flags == 0 && parseEach(reader, step, depth);
  step.on = slot(reader);
  switch (step.op) {
    case StepOp::Get:
    case StepOp::Call:
    case StepOp::Put:
      step.member = reader.varint();
      if (step.member >= names.size()) reader.fail();
      if ((step.flags & kHasAs) != 0) step.as = slot(reader);
      if (step.op == StepOp::Put && (step.flags & kHasAs) != 0) reader.fail();
      step.count = step.op == StepOp::Put ? 1 : reader.varint();
      if (step.count > kMostArgs) return tooMuch();
      break;
    case StepOp::Expect:
      step.count = reader.varint();
      if (step.count > reader.left() || step.flags != 0) reader.fail();
      break;
    case StepOp::Release:
      if (step.flags != 0) reader.fail();
      break;
    default:
      reader.fail();
  }
  step.bytes = reader.at();
  for (uint32_t at = 0; at < step.count && reader.ok(); at++) skipValue(reader, slots, step.op != StepOp::Expect);
  if (!reader.ok()) return false;
  if (steps.push(step)) return true;
  why_ = Refusal::NoMemory;
  return false;
}

bool Program::parseSteps(Reader& reader, uint32_t count, uint32_t depth, uint32_t outer) {
  if (count > reader.left()) {
    reader.fail();
    return false;
  }
  for (uint32_t at = 0; at < count; at++) {
    if (steps.size() >= kMostSteps) return tooMuch();
    if (!parseStep(reader, depth, depth == 0 ? at : outer)) return false;
  }
  return true;
}

Refusal Program::parse(Reader& reader) {
  slots = reader.varint();
  if (slots > kMostSlots) return Refusal::TooMuch;
  if (slots == 0 || !parseNames(reader)) return why_ == Refusal::None ? Refusal::Malformed : why_;
  const uint32_t objects = reader.varint();
  for (uint32_t at = 0; at < objects && reader.ok(); at++) {
    const uint32_t number = slot(reader);
    const Given one = {number, reader.u32()};
    if (number == 0) reader.fail();
    if (reader.ok() && !given.push(one)) return Refusal::NoMemory;
  }
  if (!reader.ok()) return Refusal::Malformed;
  if (!parseSteps(reader, reader.varint(), 0, 0)) return why_ == Refusal::None ? Refusal::Malformed : why_;
  const uint32_t wanted = reader.varint();
  if (wanted > kMostSlots) return Refusal::TooMuch;
  for (uint32_t at = 0; at < wanted && reader.ok(); at++) {
    const uint32_t number = slot(reader);
    if (reader.ok() && !returns.push(number)) return Refusal::NoMemory;
  }
  return reader.ok() && reader.left() == 0 ? Refusal::None : Refusal::Malformed;
}
