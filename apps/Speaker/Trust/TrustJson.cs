using System.Text.Json.Serialization;
using Loa.Jose;

namespace Loa.Speaker.Trust;

/// <summary>How what a speaker knows of itself is spelled in its journal; generated, so that a speaker needs no reflection.</summary>
[JsonSerializable(typeof(Jwk))]
[JsonSerializable(typeof(Identity))]
[JsonSerializable(typeof(NonceNote))]
sealed partial class TrustJson : JsonSerializerContext;
