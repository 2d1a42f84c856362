using System.Text.Json.Serialization;

namespace Loa.Speaker.Servers;

/// <summary>How servers are spelled in the journal.</summary>
[JsonSerializable(typeof(ServerNote))]
[JsonSerializable(typeof(ServerTrialNote))]
sealed partial class ServerJson : JsonSerializerContext;
