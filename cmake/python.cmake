# SARX_PYTHON: the Python that tests and the analysis front ends of `sarx` use; the first that can read results.
# Empty where there is none: what needs it is then skipped, and says so.
if(NOT SARX_PYTHON)
  foreach(candidate "$ENV{PYTHON}" python3 /usr/bin/python3)
    if(candidate STREQUAL "")
      continue()
    endif()
    execute_process(COMMAND ${candidate} -c "import h5py, matplotlib, pandas, scipy, xarray, sys; print(sys.executable)"
      RESULT_VARIABLE status OUTPUT_VARIABLE found ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(status EQUAL 0)
      set(SARX_PYTHON "${found}" CACHE FILEPATH "Python with h5py, matplotlib, pandas, scipy and xarray" FORCE)
      break()
    endif()
  endforeach()
endif()
if(NOT SARX_PYTHON)
  message(STATUS "No Python with h5py, matplotlib, pandas, scipy and xarray: tests that need it will be skipped")
endif()
