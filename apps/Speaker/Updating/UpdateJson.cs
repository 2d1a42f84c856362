using System.Text.Json.Serialization;

namespace Loa.Speaker.Updating;

/// <summary>How an update and a configuration are spelled.</summary>
[JsonSerializable(typeof(UpdateNote))]
[JsonSerializable(typeof(Configuration))]
sealed partial class UpdateJson : JsonSerializerContext;
