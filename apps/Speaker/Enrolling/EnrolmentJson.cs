using System.Text.Json.Serialization;

namespace Loa.Speaker.Enrolling;

/// <summary>How an open enrolment is spelled in the journal.</summary>
[JsonSerializable(typeof(PendingEnrolment))]
sealed partial class EnrolmentJson : JsonSerializerContext;
