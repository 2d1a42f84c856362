using Loa.Speaker.Records;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Enrolling;

/// <summary>The place and the records that a speaker has already when it introduces itself again.</summary>
sealed record Standing(Guard Guard, RecordStore Records);
