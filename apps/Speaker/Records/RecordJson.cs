using System.Text.Json.Serialization;

namespace Loa.Speaker.Records;

/// <summary>How the end of the chain of records is spelled in the journal.</summary>
[JsonSerializable(typeof(RecordHeadNote))]
sealed partial class RecordJson : JsonSerializerContext;
