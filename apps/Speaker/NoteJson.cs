using System.Text.Json.Serialization;
using Loa.Jose;
using Loa.Speaker.Enrolling;
using Loa.Speaker.Records;
using Loa.Speaker.Schedule;
using Loa.Speaker.Trust;

namespace Loa.Speaker;

/// <summary>How what a speaker remembers is spelled; generated, so that a speaker needs no reflection.</summary>
[JsonSerializable(typeof(Jwk))]
[JsonSerializable(typeof(OpenEnrolment))]
[JsonSerializable(typeof(Identity))]
[JsonSerializable(typeof(NonceNote))]
[JsonSerializable(typeof(RecordHeadNote))]
[JsonSerializable(typeof(ItemNote))]
sealed partial class NoteJson : JsonSerializerContext;
