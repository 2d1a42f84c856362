using System.Text.Json.Serialization;

namespace Loa.Speaker.Schedule;

/// <summary>How the course of an item is spelled in the journal.</summary>
[JsonSerializable(typeof(ItemNote))]
sealed partial class ItemJson : JsonSerializerContext;
