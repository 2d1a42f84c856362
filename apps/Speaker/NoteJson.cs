using System.Text.Json.Serialization;
using Loa.Jose;
using Loa.Speaker.Commands;
using Loa.Speaker.Enrolling;
using Loa.Speaker.Link;
using Loa.Speaker.Records;
using Loa.Speaker.Schedule;
using Loa.Speaker.Trust;
using Loa.Speaker.Updating;

namespace Loa.Speaker;

/// <summary>How what a speaker remembers is spelled; generated, so that a speaker needs no reflection.</summary>
[JsonSerializable(typeof(Jwk))]
[JsonSerializable(typeof(OpenEnrolment))]
[JsonSerializable(typeof(Identity))]
[JsonSerializable(typeof(NonceNote))]
[JsonSerializable(typeof(RecordHeadNote))]
[JsonSerializable(typeof(ItemNote))]
[JsonSerializable(typeof(OrderNote))]
[JsonSerializable(typeof(ServerNote))]
[JsonSerializable(typeof(ServerTrialNote))]
[JsonSerializable(typeof(UpdateNote))]
[JsonSerializable(typeof(Configuration))]
sealed partial class NoteJson : JsonSerializerContext;
