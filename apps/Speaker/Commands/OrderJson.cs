using System.Text.Json.Serialization;

namespace Loa.Speaker.Commands;

/// <summary>How a command and its answer are spelled in the journal.</summary>
[JsonSerializable(typeof(OrderNote))]
sealed partial class OrderJson : JsonSerializerContext;
